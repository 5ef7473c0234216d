using LxcNative.Native.Handles;
using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.InPlace;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Parts.Network.Rebuilding;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>The network namespace that the container had is still there, and has been locked since the container was frozen: only its sockets are made
/// again.</summary>
internal sealed class KeptNetworkReturn(TakenNetwork taken, string imagePath, NetworkState state) : OwnNetworkReturn(state)
{
    private RouteSocket? _inside;
    private SocketPermits? _permits;

    /// <inheritdoc />
    public override IEnumerable<Step> Steps => [new Step("what sockets are made by", Permit)];

    /// <inheritdoc />
    protected override NetworkLock? Lock => taken.Lock;

    /// <inheritdoc />
    protected override SocketPermits? Permits => _permits;

    /// <inheritdoc />
    protected override FileDescriptor Network => taken.Namespace;

    /// <inheritdoc />
    public override void Release()
    {
        Close();
        taken.Dispose();
    }

    // What failed is cut off first, by whoever took it over.
    /// <inheritdoc />
    protected override void Close()
    {
        _permits?.Dispose();
        _inside?.Dispose();
    }

    private void Permit()
    {
        var image = NetworkImageFile.ReadFile(imagePath);
        _inside = RouteSocket.OpenIn(taken.Namespace);
        _permits = new SocketPermits(_inside, taken.Namespace, image);
    }
}

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
    private ForeignBinds? _binds;
    private ConnectionAddresses? _connections;

    /// <inheritdoc />
    public override IEnumerable<Step> Steps => [new Step("what sockets are made by", Permit)];

    /// <inheritdoc />
    public override IEnumerable<string> Shortfalls => LockShortfalls.Of(taken.Lock);

    /// <inheritdoc />
    public override LockedPackets? Packets => taken.Lock.Packets;

    /// <inheritdoc />
    public override bool HoldsPackets => true;

    /// <inheritdoc />
    protected override FileDescriptor Network => taken.Namespace;

    /// <inheritdoc />
    public override void Open()
    {
        try
        {
            _binds?.End();
            _connections?.Remove();
        }
        finally
        {
            taken.Lock.Open();
        }
    }

    /// <inheritdoc />
    public override void Running(int init) => taken.Lock.Clear();

    /// <inheritdoc />
    public override void Release()
    {
        _binds?.Dispose();
        _inside?.Dispose();
        taken.Dispose();
    }

    // What failed is cut off first, by whoever took it over.
    /// <inheritdoc />
    protected override void Close()
    {
        _binds?.Dispose();
        _inside?.Dispose();
    }

    private void Permit()
    {
        var image = NetworkImageFile.ReadFile(imagePath);
        _inside = RouteSocket.OpenIn(taken.Namespace);
        _connections = ConnectionAddresses.Add(_inside, image.ConnectionAddresses);
        _binds = ForeignBinds.Permit(taken.Namespace, image.Sysctls);
    }
}

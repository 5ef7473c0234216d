using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.NetworkState;
using LxcNative.Orchestrator.NetworkState.Rebuilding;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Rebuilds the network namespace natively, locked from its birth, and hands it to criu.</summary>
internal sealed class NativeNetworkRestore(NetworkImage image, IReadOnlyList<MonitorNic> nics) : INetworkRestore
{
    private readonly HostEnds _ends = new();
    private NetworkRebuild? _network;
    private NetworkLock? _lock;

    /// <inheritdoc />
    public IReadOnlyList<string> Make()
    {
        _network = NetworkRebuild.Create(image);
        _lock = NetworkLock.Acquire(_network.Namespace);
        _ends.Expect(nics);
        _network.MakeLinks(nics.ToDictionary(nic => nic.Inside, nic => nic.Host, StringComparer.Ordinal));
        _ends.Settle(nics);
        return _network.Configure();
    }

    /// <inheritdoc />
    public void Describe(CriuOptions criu) => criu.AddInheritFd(_network!.Namespace, NetworkStateDump.Key);

    /// <inheritdoc />
    public void NamespacesMade(int init)
    {
        // The namespace was there before the init was.
    }

    /// <inheritdoc />
    public void Open() => _lock?.Release();

    /// <inheritdoc />
    public void Undo() => _ends.Undo();

    /// <inheritdoc />
    public void Dispose()
    {
        _lock?.Dispose();
        _network?.Dispose();
        _ends.Dispose();
    }
}

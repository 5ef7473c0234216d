using LxcNative.Native.Criu;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Makes the veth pairs and lets criu do the rest: it takes the inner ends, which have temporary names until then, into the new namespace.</summary>
internal sealed class CriuNetworkRestore(IReadOnlyList<MonitorNic> nics) : INetworkRestore
{
    private readonly HostEnds _ends = new();
    private readonly List<string> _externals = [];
    private NetworkLock? _lock;

    /// <inheritdoc />
    public void Begin()
    {
        _ends.Expect(nics);
        foreach (var nic in nics)
        {
            var temporary = RestorePlan.TemporaryName(Environment.ProcessId, _externals.Count);
            _ends.AddPair(nic.Host, new LinkSpec { Name = temporary, Mtu = (uint)nic.Host.Mtu, TxQueues = (uint)nic.Host.TxQueues, RxQueues = (uint)nic.Host.RxQueues });
            _externals.Add($"netdev[{nic.Inside}]:{temporary}");
        }

        _ends.Settle(nics);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Complete() => [];

    /// <inheritdoc />
    public void Describe(CriuOptions criu) => _externals.ForEach(criu.AddExternal);

    /// <inheritdoc />
    public T Call<T>(Func<T> criu) => criu();

    /// <inheritdoc />
    public void NamespacesMade(int init)
    {
        // The namespace is still empty: locked now, nothing ever passes before every socket is there.
        using var network = Namespace.Open(init, NamespaceKind.Net);
        _lock = NetworkLock.Acquire(network);
    }

    /// <inheritdoc />
    public void Open() => _lock?.Release();

    /// <inheritdoc />
    public void Undo() => _ends.Undo();

    /// <inheritdoc />
    public void Dispose()
    {
        _lock?.Dispose();
        _ends.Dispose();
    }
}

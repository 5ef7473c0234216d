using LxcNative.Native.Criu;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Parts.HostEnds;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>Makes the veth pairs and lets criu do the rest: it takes the inner ends, which have temporary names until then, into the new namespace.</summary>
internal sealed class CriuNetworkReturn(IReadOnlyList<HostEnd> ends, IReadOnlyList<string> macvlans, NetworkLockMode mode) : LockedNetworkReturn
{
    private const int LongestLinkName = 15;
    private readonly HostEndLinks _links = new();
    private readonly List<string> _externals = [];
    private NetworkLock? _lock;

    /// <inheritdoc />
    public override IEnumerable<Step> Steps => [new Step("veth pairs", MakePairs)];

    /// <inheritdoc />
    protected override NetworkLock? Lock => _lock;

    /// <inheritdoc />
    public override void DescribeTo(CriuOptions criu)
    {
        foreach (var external in _externals.Concat(macvlans))
            criu.AddExternal(external);
    }

    /// <inheritdoc />
    public override void On(CriuNotification notification, int init)
    {
        if (notification.Action != CriuNotifyAction.SetupNamespaces)
            return;
        // The namespace is still empty: locked now, nothing ever passes before every socket is there.
        using var network = MadeNetwork.Open(init);
        _lock = NetworkLock.Acquire(network, new NetworkLockOptions { Mode = mode });
    }

    /// <inheritdoc />
    public override void Release()
    {
        _lock?.Dispose();
        _links.Dispose();
    }

    /// <inheritdoc />
    protected override void Close() => Release();

    /// <summary>The name that a container's end has on the host until criu moves it in: long names are never used there.</summary>
    internal static string TemporaryName(int process, int number)
    {
        var name = $"lxnc{process:x}-{number:x}";
        return name.Length <= LongestLinkName ? name : name[..LongestLinkName];
    }

    private void MakePairs()
    {
        foreach (var end in ends)
        {
            var temporary = TemporaryName(Environment.ProcessId, _externals.Count);
            _links.AddPair(end.Host,
                new LinkSpec { Name = temporary, Mtu = (uint)end.Host.Mtu, TxQueues = (uint)end.Host.TxQueues, RxQueues = (uint)end.Host.RxQueues });
            _externals.Add($"netdev[{end.Inside}]:{temporary}");
        }

        _links.Settle(ends);
    }
}

using LxcNative.Native.Errors;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Orchestrator.Restores;

/// <summary>The host's ends of a restored container's veth pairs.</summary>
internal sealed class HostEnds : IDisposable
{
    private readonly RouteSocket _host = RouteSocket.Open();
    private readonly List<string> _expected = [];

    /// <summary>Remembers the devices that are going to be made, none of which is there yet, so that <see cref="Undo"/> removes them.</summary>
    /// <exception cref="NetlinkException">One is there: it is somebody else's.</exception>
    public void Expect(IReadOnlyList<MonitorNic> nics)
    {
        foreach (var nic in nics)
        {
            if (_host.Links.TryGet(nic.Host.Name, out _))
                throw new IOException($"there is a device {nic.Host.Name} on the host now, the name of {nic.Inside}'s host end");
            _expected.Add(nic.Host.Name);
        }
    }

    /// <summary>Makes a pair on the host.</summary>
    /// <param name="end">The host's end; an index that is taken is left to the kernel.</param>
    /// <param name="peer">The other end.</param>
    /// <exception cref="NetlinkException">The kernel refused it.</exception>
    public void AddPair(HostNic end, LinkSpec peer)
    {
        try
        {
            _host.Links.AddVeth(new VethPair(Spec(end, end.Index == 0 ? null : end.Index), peer));
        }
        catch (NetlinkException e) when (e.Errno is Errno.EBUSY or Errno.EEXIST && end.Index != 0 && !_host.Links.TryGet(end.Name, out _))
        {
            // Another device took the index meanwhile; the name is what others refer to.
            _host.Links.AddVeth(new VethPair(Spec(end, null), peer));
        }
    }

    /// <summary>Attaches each end to its bridge, with the settings it had as a port, and sets it up.</summary>
    /// <exception cref="NetlinkException">The kernel refused something.</exception>
    public void Settle(IReadOnlyList<MonitorNic> nics)
    {
        foreach (var nic in nics)
        {
            var index = _host.Links.Get(nic.Host.Name).Index;
            // The kernel ignores an alias while a link is made.
            if (nic.Host.Alias is { } alias)
                _host.Links.Change(index, new LinkSpec { Alias = alias });
            if (nic.Host.Bridge is { } bridge)
                _host.Links.SetMaster(index, _host.Links.Get(bridge).Index);
            nic.Port?.Apply(_host, index);
            if (nic.Host.IsUp)
                _host.Links.SetUp(index);
        }
    }

    /// <summary>Removes the devices that were made; with one end the other goes too.</summary>
    public void Undo()
    {
        foreach (var name in _expected)
            if (_host.Links.TryGet(name, out var link))
                _host.Links.Delete(link.Index);
        _expected.Clear();
    }

    /// <inheritdoc />
    public void Dispose() => _host.Dispose();

    private static LinkSpec Spec(HostNic end, int? index) => new()
    {
        Name = end.Name,
        Index = index,
        Address = HardwareAddress.Parse(end.Address),
        Mtu = (uint)end.Mtu,
        TxQueues = (uint)end.TxQueues,
        RxQueues = (uint)end.RxQueues,
        TxQueueLength = (uint)end.TxQueueLength,
        Group = (uint)end.Group,
    };
}

using LxcNative.Native.Errors;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>The host's ends of a restored container's veth pairs.</summary>
internal sealed class HostEndLinks : IDisposable
{
    private readonly RouteSocket _host = RouteSocket.Open();

    /// <summary>Refuses where one of the devices is there: it is somebody else's.</summary>
    /// <exception cref="IOException">One is there.</exception>
    public static void RequireAbsent(IReadOnlyList<HostEnd> ends)
    {
        using var host = RouteSocket.Open();
        foreach (var end in ends)
            if (host.Links.TryGet(end.Host.Name, out _))
                throw new IOException($"there is a device {end.Host.Name} on the host now, the name of {end.Inside}'s host end");
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
    public void Settle(IReadOnlyList<HostEnd> ends)
    {
        foreach (var end in ends)
        {
            var index = _host.Links.Get(end.Host.Name).Index;
            // The kernel ignores an alias while a link is made.
            if (end.Host.Alias is { } alias)
                _host.Links.Change(index, new LinkSpec { Alias = alias });
            if (end.Host.Bridge is { } bridge)
                _host.Links.SetMaster(index, _host.Links.Get(bridge).Index);
            end.Port?.Apply(_host, index);
            if (end.Host.IsUp)
                _host.Links.SetUp(index);
        }
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

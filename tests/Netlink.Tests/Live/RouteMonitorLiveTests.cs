using System.Net;
using LxcNative.Native.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Netlink.Routing.Monitoring;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Testing;

namespace LxcNative.Netlink.Tests.Live;

public class RouteMonitorLiveTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    [Fact]
    public void LinkThatAppearsAndGoesIsHeardOf()
    {
        using TestNamespace here = new();
        using var monitor = RouteMonitor.OpenIn(here.Descriptor, RouteGroups.Links);
        Assert.False(monitor.TryNext(TimeSpan.Zero, out _));
        here.Run("ip link add left type veth peer name right");
        HashSet<string> names = [];
        while (names.Count < 2 && monitor.TryNext(Long, out var change))
            names.Add(Assert.IsType<LinkEvent>(change).Link.Name);
        Assert.Equal(["left", "right"], names.Order());
        here.Run("ip link delete left");
        RouteEvent? last = null;
        while (last is not { IsDeleted: true } && monitor.TryNext(Long, out last))
        {
        }

        Assert.True(last is LinkEvent { IsDeleted: true });
    }

    [Fact]
    public void AddressesRoutesRulesAndNeighboursAreHeardOf()
    {
        using TestNamespace here = new();
        here.Run("ip link add left type veth peer name right");
        here.Run("ip link set left up");
        using var monitor = RouteMonitor.OpenIn(here.Descriptor, RouteGroups.All);
        here.Run("ip address add 10.0.0.1/24 dev left");
        here.Run("ip route add 10.1.0.0/16 dev left");
        here.Run("ip rule add from 10.0.0.0/8 table 12");
        here.Run("ip neighbour add 10.0.0.9 lladdr 02:00:00:00:00:09 dev left");
        List<RouteEvent> events = [];
        while (monitor.TryNext(TimeSpan.FromMilliseconds(200), out var change))
            events.Add(change);
        Assert.Contains(events, change => change is AddressEvent address && address.Address.Local!.Equals(IPAddress.Parse("10.0.0.1")));
        Assert.Contains(events, change => change is RouteChangeEvent route && route.Route.Destination == Prefix.Parse("10.1.0.0/16"));
        Assert.Contains(events, change => change is RuleEvent { Rule.Table: 12 });
        Assert.Contains(events,
            change => change is NeighbourEvent neighbour && neighbour.Neighbour.HardwareAddress == HardwareAddress.Parse("02:00:00:00:00:09"));
    }

    [Fact]
    public void WaitEndsWhenTheStateIsReached()
    {
        using TestNamespace here = new();
        using var monitor = RouteMonitor.OpenIn(here.Descriptor, RouteGroups.Links);
        Thread later = new(() => here.Run("ip link add left type veth peer name right"));
        later.Start();
        Assert.True(monitor.WaitUntil(() => here.Socket.Links.TryGet("left", out _), Long));
        later.Join();
        Assert.False(monitor.WaitUntil(() => false, TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public void LostNotificationsAreAnEventOfTheirOwn()
    {
        FakeKernel kernel = new(_ => []);
        using RouteMonitor monitor = new(new NetlinkSocket(kernel), RouteGroups.All);
        Assert.Equal(8, kernel.Groups.Count);
        kernel.QueueFailure(Errno.ENOBUFS);
        Assert.True(monitor.TryNext(TimeSpan.Zero, out var change));
        Assert.IsType<EventsLost>(change);
    }

    [Fact]
    public void RealOverrunIsReported()
    {
        using TestNamespace here = new();
        using var monitor = RouteMonitor.OpenIn(here.Descriptor, RouteGroups.Links, new NetlinkSocketOptions { ReceiveBufferSize = 1 });
        for (var i = 0; i < 50; i++)
        {
            here.Socket.Links.AddBridge(new LinkSpec { Name = $"br{i}" });
            here.Socket.Links.Delete($"br{i}");
        }

        List<RouteEvent> events = [];
        while (monitor.TryNext(TimeSpan.Zero, out var change))
            events.Add(change);
        Assert.Contains(events, change => change is EventsLost);
    }
}

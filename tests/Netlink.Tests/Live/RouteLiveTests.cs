using System.Net;
using LxcNative.Native.Errors;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Neighbours;
using LxcNative.Netlink.Routing.Routes;

namespace LxcNative.Netlink.Tests.Live;

/// <summary>Routes, rules and neighbours made by us and read by <c>ip -j -d</c>, and the other way round.</summary>
public class RouteLiveTests
{
    private static readonly string[] RoutesOfIp =
    [
        "route add default via 10.0.0.254 dev left proto static metric 100",
        "route add 10.1.0.0/16 dev left scope link src 10.0.0.1 mtu lock 1400 advmss 1300 initcwnd 20",
        "route add 10.2.0.0/16 nexthop via 10.0.0.2 dev left weight 3 nexthop via 10.0.1.2 dev second weight 5",
        "route add blackhole 10.3.0.0/16",
        "route add unreachable 10.4.0.0/16 metric 7",
        "route add 10.5.0.0/16 via 10.0.0.3 table 1000 tos 0x10",
        "route add 10.6.0.0/16 via 192.0.2.1 dev left onlink congctl reno",
        "route add 10.7.0.0/16 via inet6 fd00::9 dev left",
        "-6 route add default via fd00::fe dev left metric 50 pref high",
        "-6 route add 2001:db8:1::/48 nexthop via fd00::2 dev left weight 2 nexthop via fd00:1::2 dev second",
        "-6 route add 2001:db8:2::/48 from fd00::/64 via fd00::3 dev left",
        "-6 route add prohibit 2001:db8:3::/48",
        "-6 route add 2001:db8:4::/48 via fd00::4 dev left table 2000 hoplimit 9",
    ];

    private static readonly string[] RulesOfIp =
    [
        "rule add from 10.0.0.0/24 to 10.9.0.0/16 iif left table 1000 priority 100",
        "rule add fwmark 0x10/0xff lookup 70000 priority 200",
        "rule add oif left uidrange 1000-2000 lookup 12 priority 300",
        "rule add ipproto tcp sport 1000-2000 dport 80 lookup 13 priority 400",
        "rule add not from 10.0.0.5 blackhole priority 500",
        "rule add goto 700 priority 600",
        "rule add lookup main suppress_prefixlength 0 priority 700",
        "rule add tun_id 77 lookup 14 priority 800",
        "-6 rule add from fd00::/64 lookup 15 priority 900 protocol static",
        "-6 rule add tos 0x10 prohibit priority 1000",
    ];

    [Fact]
    public void RoutesOfIpCanBeWrittenIntoAnotherNamespace()
    {
        using TestNamespace here = WithLinks(), there = WithLinks();
        foreach (var command in RoutesOfIp)
            here.Run($"ip {command}");
        foreach (var route in here.Socket.Routes.List().Where(route => route.Protocol != 2))
            there.Socket.Routes.Append(route);
        foreach (var routes in (string[])["ip -4 -d route show table all", "ip -6 -d route show table all"])
        {
            // Those that the kernel makes of an address come when a worker gets to it.
            SpinWait.SpinUntil(() => Lines(here, routes).SequenceEqual(Lines(there, routes)), TimeSpan.FromSeconds(20));
            Assert.Equal(Lines(here, routes), Lines(there, routes));
        }
    }

    [Fact]
    public void RouteMadeByUsIsWhatIpSees()
    {
        using var here = WithLinks();
        int left = here.Socket.Links.Get("left").Index, second = here.Socket.Links.Get("second").Index;
        here.Socket.Routes.Add(new Route
        {
            Destination = Prefix.Parse("10.20.0.0/16"),
            NextHops =
            [
                new NextHop { LinkIndex = left, Gateway = IPAddress.Parse("10.0.0.7"), Weight = 2 },
                new NextHop { LinkIndex = second, Gateway = IPAddress.Parse("10.0.1.7"), Weight = 9 },
            ],
        });
        here.Socket.Routes.Add(new Route
        {
            Gateway = IPAddress.Parse("10.0.0.254"),
            Priority = 9,
            PreferredSource = IPAddress.Parse("10.0.0.1"),
            Protocol = 4
        });
        var hops = here.Ask("ip -j -d route show 10.20.0.0/16")[0].GetProperty("nexthops");
        Assert.Equal(["10.0.0.7 left 2", "10.0.1.7 second 9"], hops.EnumerateArray().Select(hop =>
            $"{hop.GetProperty("gateway")} {hop.GetProperty("dev")} {hop.GetProperty("weight")}"));
        var standard = here.Ask("ip -j -d route show default")[0];
        Assert.Equal("10.0.0.254", standard.GetProperty("gateway").GetString());
        Assert.Equal("10.0.0.1", standard.GetProperty("prefsrc").GetString());
        Assert.Equal("static", standard.GetProperty("protocol").GetString());
        Assert.Equal(9, standard.GetProperty("metric").GetInt32());

        here.Socket.Routes.Replace(new Route { Gateway = IPAddress.Parse("10.0.0.253"), Priority = 9 });
        Assert.Equal("10.0.0.253", here.Ask("ip -j -d route show default")[0].GetProperty("gateway").GetString());
        here.Socket.Routes.Delete(new Route { Priority = 9, Type = RouteType.Unspecified, Protocol = 0, Scope = 255 });
        Assert.Equal(0, here.Ask("ip -j -d route show default").GetArrayLength());
    }

    [Fact]
    public void TableIsFilteredByTheKernel()
    {
        using var here = WithLinks();
        here.Run("ip route add 10.5.0.0/16 via 10.0.0.3 table 1000");
        var route = Assert.Single(here.Socket.Routes.List(AddressFamily.IPv4, 1000));
        Assert.Equal(Prefix.Parse("10.5.0.0/16"), route.Destination);
        Assert.Equal(1000u, route.Table);
        Assert.Empty(here.Socket.Routes.List(AddressFamily.IPv4, 4242));
    }

    [Fact]
    public void RefusedRouteNamesTheKernelsReason()
    {
        using var here = WithLinks();
        var refusal = Assert.Throws<NetlinkException>(() => here.Socket.Routes.Add(new Route { Gateway = IPAddress.Parse("192.0.2.1") }));
        Assert.Equal("rtnetlink NEWROUTE route default table 254 via 192.0.2.1: ENETUNREACH Network is unreachable (Nexthop has invalid gateway)",
            refusal.Message);
    }

    [Fact]
    public void RulesOfIpCanBeWrittenIntoAnotherNamespace()
    {
        using TestNamespace here = WithLinks(), there = WithLinks();
        foreach (var command in RulesOfIp)
            here.Run($"ip {command}");
        var standard = there.Socket.Rules.List();
        foreach (var rule in here.Socket.Rules.List().Where(rule => !standard.Contains(rule)))
            there.Socket.Rules.Add(rule);
        Assert.Equal(Lines(here, "ip -4 -d rule"), Lines(there, "ip -4 -d rule"));
        Assert.Equal(Lines(here, "ip -6 -d rule"), Lines(there, "ip -6 -d rule"));
        Assert.Equal(here.Socket.Rules.List(), there.Socket.Rules.List());

        var first = there.Socket.Rules.List(AddressFamily.IPv4).Single(rule => rule.Priority == 100);
        there.Socket.Rules.Delete(first);
        Assert.DoesNotContain("100:", there.Run("ip rule"), StringComparison.Ordinal);
    }

    [Fact]
    public void NeighboursOfIpCanBeWrittenIntoAnotherNamespace()
    {
        using TestNamespace here = WithLinks(), there = WithLinks();
        here.Run("ip neighbour add 10.0.0.77 lladdr 02:00:00:00:00:77 dev left nud permanent");
        here.Run("ip neighbour add fd00::77 lladdr 02:00:00:00:00:78 dev left nud permanent router");
        here.Run("ip neighbour add 10.0.0.78 lladdr 02:00:00:00:00:79 dev left nud stale");
        var permanent = here.Socket.Neighbours.ListPermanent();
        Assert.Equal(2, permanent.Count);
        foreach (var neighbour in permanent)
            there.Socket.Neighbours.Add(neighbour);
        Assert.Equal(Lines(here, "ip neighbour show nud permanent"), Lines(there, "ip neighbour show nud permanent"));
        foreach (var neighbour in permanent)
            there.Socket.Neighbours.Delete(neighbour);
        Assert.Empty(Lines(there, "ip neighbour show nud permanent"));
    }

    [Fact]
    public void ForwardingDatabaseIsListed()
    {
        using TestNamespace here = new();
        here.Run("ip link add br0 type bridge");
        here.Run("ip link add left master br0 type veth peer name right");
        here.Run("bridge fdb add 02:00:00:00:00:55 dev left master static");
        var entry = Assert.Single(
            here.Socket.Neighbours.List(AddressFamily.Bridge), neighbour => neighbour.HardwareAddress == HardwareAddress.Parse("02:00:00:00:00:55"));
        Assert.Equal(here.Socket.Links.Get("br0").Index, entry.MasterIndex);
        Assert.Equal(NeighbourStates.NoArp, entry.States);
    }

    [Fact]
    public void MissingRouteIsAnErrorOfItsOwn()
    {
        using var here = WithLinks();
        Assert.Equal(Errno.ESRCH,
            Assert.Throws<NetlinkException>(() => here.Socket.Routes.Delete(new Route { Destination = Prefix.Parse("10.99.0.0/16") })).Errno);
    }

    private static TestNamespace WithLinks()
    {
        TestNamespace here = new();
        here.Run("ip link add left index 10 address 02:00:00:00:00:01 type veth peer name right index 11 address 02:00:00:00:00:02");
        here.Run("ip link add second index 20 address 02:00:00:00:00:03 type veth peer name third index 21 address 02:00:00:00:00:04");
        foreach (var name in new[] { "left", "right", "second", "third" })
            here.Run($"ip link set {name} addrgenmode none up");
        here.Run("ip address add 10.0.0.1/24 dev left");
        here.Run("ip address add 10.0.1.1/24 dev second");
        here.Run("ip address add fd00::1/64 dev left nodad");
        here.Run("ip address add fd00:1::1/64 dev second nodad");
        Assert.True(SpinWait.SpinUntil(() => here.Run("ip -6 address show tentative").Length == 0
            && !here.Run("ip -o link show up").Contains("DOWN", StringComparison.Ordinal), TimeSpan.FromSeconds(20)));
        return here;
    }

    private static string[] Lines(TestNamespace here, string command) => here.Run(command).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Parts.Network.Rebuilding;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Parts.Network;

public sealed class NetworkRebuildTests
{
    private const string Setup = """
        ip link set lo up
        ip link add br0 address 02:00:00:00:00:b0 index 20 type bridge forward_delay 200 ageing_time 12300 mcast_snooping 0
        ip link add va index 11 address 02:00:00:00:00:0a mtu 1400 txqueuelen 77 group 5 numtxqueues 2 numrxqueues 3 type veth peer name vb index 12 address 02:00:00:00:00:0b
        ip link add vc index 13 address 02:00:00:00:00:0c type veth peer name vd index 15 address 02:00:00:00:00:0d
        ip link set va alias "first link" gso_max_size 32000 gro_max_size 30000
        ip link property add dev va altname the-other-name altname third
        ip link set va promisc on allmulticast on
        ip link add mv index 17 address 02:00:00:00:00:11 link vc type macvlan mode bridge
        ip link set vd master br0
        bridge link set dev vd priority 7 cost 55 isolated on hairpin on
        bridge fdb add 02:00:00:00:77:77 dev vd master static
        sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.va.rp_filter=2 net.ipv4.tcp_syncookies=0 net.core.somaxconn=123
        sysctl -q -w net.ipv6.conf.vc.accept_dad=0 net.ipv4.ping_group_range="5 10" net.ipv4.neigh.va.base_reachable_time_ms=15000 net.ipv4.ip_local_reserved_ports=8080,9000-9100
        sysctl -q -w net.ipv6.conf.mv.addr_gen_mode=1 net.ipv4.ip_unprivileged_port_start=80 net.ipv4.ip_local_port_range="2000 3000" net.ipv6.conf.vb.disable_ipv6=1
        ip link set br0 up; ip link set va up; ip link set vb up; ip link set vc up; ip link set vd up; ip link set mv up
        ip addr add 10.1.0.2/24 brd + dev va label va:one
        ip addr add 10.1.0.3/24 dev va
        ip addr add 10.1.0.4/32 peer 10.9.9.9 dev va
        ip addr add 10.2.0.1/16 dev vc metric 50 valid_lft 40000 preferred_lft 30000 noprefixroute
        ip addr add 192.0.2.1/25 dev br0 scope link
        ip -6 addr add 2001:db8::1/64 dev va nodad
        ip -6 addr add 2001:db8::2/64 dev va nodad preferred_lft 0
        ip -6 addr add 2001:db8:1::1/128 peer 2001:db8:1::2 dev vc
        ip route add default via 10.1.0.1 metric 10 mtu 1300 advmss 1200 initcwnd 20
        ip route add 172.16.0.0/12 nexthop via 10.1.0.5 weight 2 nexthop via 10.1.0.6 weight 3
        ip route add blackhole 198.51.100.0/24 table 100
        ip route add 203.0.113.0/24 via 10.1.0.7 dev va proto static src 10.1.0.3 table 100 tos 0x10
        ip route add 203.0.113.9 via 198.18.0.1 dev va onlink
        ip -6 route add default via 2001:db8::ff metric 20 pref high
        ip -6 route add 2001:db8:9::/48 nexthop via 2001:db8::a weight 1 nexthop via 2001:db8::b weight 4
        ip -6 route add unreachable 2001:db8:dead::/48 table 77
        ip -6 route add 2001:db8:42::/48 via 2001:db8::c dev va expires 5000 proto static
        ip nexthop add id 5 via 10.1.0.8 dev va
        ip nexthop add id 6 via 10.1.0.9 dev va
        ip nexthop add id 7 group 5,3/6
        ip route add 192.168.44.0/24 nhid 7
        ip rule add from 10.1.0.0/24 lookup 100 pref 50
        ip rule add fwmark 0x5/0xff iif va lookup 100 pref 51
        ip rule add to 10.7.0.0/16 prohibit pref 52
        ip -6 rule add from 2001:db8::/64 lookup 77 pref 60
        ip neigh add 10.1.0.77 lladdr 02:11:22:33:44:55 dev va nud permanent
        ip neigh add proxy 10.1.0.78 dev va
        ip -6 neigh add 2001:db8::77 lladdr 02:11:22:33:44:56 dev va nud permanent
        ip addrlabel add prefix 2001:db8::/32 label 99
        ip addrlabel del prefix 3ffe::/16 label 12
        """;

    [Fact]
    public void EverythingOfANamespaceComesBackAsItWas()
    {
        Requirement.Root();
        using var original = new NamespaceFixture();
        original.Shell(Setup);
        original.Nft(Rulesets.Everything);
        original.WaitForAddresses();
        using var capture = NetworkCapture.Prepare(original.Descriptor);
        Assert.Empty(capture.Obstacles);
        var before = NamespaceView.Look(original);
        var content = NetworkImageFile.Write(capture.Capture().Complete());
        using var rebuild = NetworkRebuild.In(NetworkRebuild.MakeNamespace(), NetworkImageFile.Read(content));
        rebuild.MakeLinks(new Dictionary<string, HostNic>());
        Assert.Empty(rebuild.Configure());
        rebuild.Permits?.End();
        NamespaceView.AssertSame(before, new NamespaceFixture(rebuild.Namespace));
    }

    [Fact]
    public void AFreshNamespaceComesBackAsItWas()
    {
        Requirement.Root();
        using var original = new NamespaceFixture();
        using var capture = NetworkCapture.Prepare(original.Descriptor);
        Assert.Empty(capture.Obstacles);
        using var rebuild = NetworkRebuild.In(NetworkRebuild.MakeNamespace(), capture.Capture().Complete());
        rebuild.MakeLinks(new Dictionary<string, HostNic>());
        Assert.Empty(rebuild.Configure());
        rebuild.Permits?.End();
        NamespaceView.AssertSame(NamespaceView.Look(original), new NamespaceFixture(rebuild.Namespace));
    }

    /// <summary>Those of an IPv6 address come a moment after it, between the look and the request.</summary>
    [Theory]
    [InlineData("ip -6 addr add 2001:db8:1::1/128 peer 2001:db8:1::2 dev v0 nodad")]
    [InlineData("ip addr add 10.0.0.1/24 dev v0; ip route add 10.9.0.0/16 via 10.0.0.2")]
    public void ARouteThatTheKernelMadeMeanwhileIsThere(string setup)
    {
        Requirement.Root();
        using var netns = new NamespaceFixture();
        netns.Shell($"ip link add v0 type veth peer name v1; ip link set v0 up; ip link set v1 up; {setup}");
        netns.WaitForAddresses();
        var before = netns.Shell("ip route; ip -6 route");
        using var socket = RouteSocket.OpenIn(netns.Descriptor);
        var routes = socket.Socket.Dump(RouteMessages.Request(RTM.RTM_GETROUTE, MessageFlags.None, default(rtmsg)),
            message => message.ToArray());
        new RouteRebuild(socket.Socket).Apply([.. routes, .. routes]);
        Assert.Equal(before, netns.Shell("ip route; ip -6 route"));
    }

    /// <summary>A link's own address comes with its carrier, which may be late.</summary>
    [Fact]
    public void AnAddressThatTheKernelMadeMeanwhileIsReplaced()
    {
        Requirement.Root();
        using var netns = new NamespaceFixture();
        netns.Shell("ip link add v0 type veth peer name v1; ip link set v0 up; ip link set v1 up; ip -6 addr add 2001:db8:1::1/64 dev v0 nodad");
        netns.WaitForAddresses();
        var before = netns.Shell("ip -6 addr");
        using var socket = RouteSocket.OpenIn(netns.Descriptor);
        var addresses = socket.Socket.Dump(RouteMessages.Request(RTM.RTM_GETADDR, MessageFlags.None, default(ifaddrmsg)), message => message.ToArray());
        var twice = addresses.Where(address => Captured<ifaddrmsg>.Parse([address])[0].Header.ifa_family == (byte)AddressFamily.IPv6);
        new AddressRebuild(socket.Socket).Apply([.. addresses, .. twice]);
        netns.WaitForAddresses();
        Assert.Equal(before, netns.Shell("ip -6 addr"));
    }
}

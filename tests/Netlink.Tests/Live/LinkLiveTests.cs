using System.Text.Json;
using LxcNative.Native.Errors;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Bridges;
using LxcNative.Netlink.Routing.Links;

namespace LxcNative.Netlink.Tests.Live;

/// <summary>Links made by us and read by <c>ip -j -d link</c>, and the other way round.</summary>
public class LinkLiveTests
{
    [Fact]
    public void VethMadeByUsIsWhatIpSees()
    {
        using TestNamespace here = new();
        here.Socket.Links.AddVeth(new VethPair(
            new LinkSpec
            {
                Name = "left",
                Index = 40,
                Address = HardwareAddress.Parse("02:00:00:00:00:01"),
                Mtu = 1400,
                TxQueueLength = 500,
                TxQueues = 2,
                RxQueues = 3,
                Group = 7,
            },
            new LinkSpec { Name = "right", Index = 41, Address = HardwareAddress.Parse("02:00:00:00:00:02"), Mtu = 1300 }));

        var left = here.Ask("ip -j -d link show left")[0];
        Assert.Equal(40, left.GetProperty("ifindex").GetInt32());
        Assert.Equal("right", left.GetProperty("link").GetString());
        Assert.Equal("02:00:00:00:00:01", left.GetProperty("address").GetString());
        Assert.Equal(1400, left.GetProperty("mtu").GetInt32());
        Assert.Equal(500, left.GetProperty("txqlen").GetInt32());
        Assert.Equal(2, left.GetProperty("num_tx_queues").GetInt32());
        Assert.Equal(3, left.GetProperty("num_rx_queues").GetInt32());
        Assert.Equal("7", left.GetProperty("group").GetString());
        Assert.Equal("veth", left.GetProperty("linkinfo").GetProperty("info_kind").GetString());
        var right = here.Ask("ip -j -d link show right")[0];
        Assert.Equal(41, right.GetProperty("ifindex").GetInt32());
        Assert.Equal("02:00:00:00:00:02", right.GetProperty("address").GetString());
        Assert.Equal(1300, right.GetProperty("mtu").GetInt32());
    }

    [Fact]
    public void EveryLinkReadsAsIpReadsIt()
    {
        using TestNamespace here = new();
        here.Run("ip link add left mtu 1400 address 02:00:00:00:00:01 numtxqueues 2 type veth peer name right");
        here.Run("ip link add br0 type bridge");
        here.Run("ip link set left master br0 up alias description");
        here.Run("ip link property add dev left altname another-name-of-left");
        here.Run("ip link add link right name mv0 type macvlan mode bridge");
        // Workers of the kernel may change a link between two looks: what stands between two equal ones is compared.
        JsonElement expected = default;
        List<Link> links = [];
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                expected = here.Ask("ip -j -d link");
                links = here.Socket.Links.List();
                return States(expected).SequenceEqual(States(here.Ask("ip -j -d link")));
            },
            TimeSpan.FromSeconds(20)));
        Assert.Equal(expected.GetArrayLength(), links.Count);
        foreach (var link in expected.EnumerateArray())
            AssertSame(link, links.Single(candidate => candidate.Index == link.GetProperty("ifindex").GetInt32()), links);
        Assert.Equal(["another-name-of-left"], here.Socket.Links.Get("another-name-of-left").AlternativeNames);
        Assert.Equal("description", here.Socket.Links.Get("left").Alias);
        Assert.Equal("left", Assert.Single(here.Socket.Links.ListPorts(here.Socket.Links.Get("br0").Index)).Name);
    }

    [Fact]
    public void PeerInAnotherNamespaceIsNamedByIndexAndNamespaceId()
    {
        using TestNamespace here = new(), there = new();
        here.Socket.Links.AddVeth(new VethPair(
            new LinkSpec { Name = "host0" },
            new LinkSpec { Name = "eth0", Index = 99, Namespace = NetworkNamespace.Of(there.Descriptor) }));

        Link host = here.Socket.Links.Get("host0"), container = there.Socket.Links.Get("eth0");
        Assert.Equal(99, container.Index);
        Assert.Equal(99, host.PeerIndex);
        Assert.Equal(host.Index, container.PeerIndex);
        Assert.NotNull(host.LinkNamespaceId);
        Assert.Equal(here.Socket.NamespaceIds.Get(there.Descriptor), host.LinkNamespaceId);
        Assert.Equal(there.Socket.NamespaceIds.Get(here.Descriptor), container.LinkNamespaceId);
        Assert.Equal(99, there.Ask("ip -j link show eth0")[0].GetProperty("ifindex").GetInt32());
        Assert.Equal(host.LinkNamespaceId, here.Ask("ip -j link show host0")[0].GetProperty("link_netnsid").GetInt32());
    }

    [Fact]
    public void NamespaceIdIsSetAndListed()
    {
        using TestNamespace here = new(), there = new();
        Assert.Null(here.Socket.NamespaceIds.Get(there.Descriptor));
        here.Socket.NamespaceIds.Set(NetworkNamespace.Of(there.Descriptor), 17);
        Assert.Equal(17, here.Socket.NamespaceIds.Get(there.Descriptor));
        Assert.Equal([17], here.Socket.NamespaceIds.List());
        var refusal = Assert.Throws<NetlinkException>(() => here.Socket.NamespaceIds.Set(NetworkNamespace.Of(there.Descriptor), 18));
        Assert.Equal(Errno.EEXIST, refusal.Errno);
    }

    [Fact]
    public void LinkMovesWithNewNameAndIndex()
    {
        using TestNamespace here = new(), there = new();
        here.Run("ip link add left type veth peer name right");
        here.Socket.Links.MoveTo(here.Socket.Links.Get("right").Index, NetworkNamespace.Of(there.Descriptor), "eth0", 77);
        Assert.False(here.Socket.Links.TryGet("right", out _));
        Assert.Equal(77, there.Ask("ip -j link show eth0")[0].GetProperty("ifindex").GetInt32());
    }

    [Fact]
    public void ChangesAreWhatIpSees()
    {
        using TestNamespace here = new();
        here.Run("ip link add left type veth peer name right");
        here.Run("ip link add br0 type bridge");
        var links = here.Socket.Links;
        int left = links.Get("left").Index, bridge = links.Get("br0").Index;
        links.Rename(left, "renamed");
        links.SetMtu(left, 1280);
        links.SetAddress(left, HardwareAddress.Parse("02:aa:bb:cc:dd:ee"));
        links.SetMaster(left, bridge);
        links.SetUp(left);
        links.AddAlternativeName(left, "an-alternative-name");
        var seen = here.Ask("ip -j -d link show renamed")[0];
        Assert.Equal(1280, seen.GetProperty("mtu").GetInt32());
        Assert.Equal("02:aa:bb:cc:dd:ee", seen.GetProperty("address").GetString());
        Assert.Equal("br0", seen.GetProperty("master").GetString());
        Assert.Contains("UP", seen.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));
        Assert.Equal("an-alternative-name", seen.GetProperty("altnames")[0].GetString());

        links.ClearMaster(left);
        links.SetDown(left);
        links.DeleteAlternativeName(left, "an-alternative-name");
        seen = here.Ask("ip -j -d link show renamed")[0];
        Assert.False(seen.TryGetProperty("master", out _));
        Assert.False(seen.TryGetProperty("altnames", out _));
        Assert.DoesNotContain("UP", seen.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));

        links.Delete("renamed");
        Assert.False(links.TryGet("right", out _));
    }

    [Fact]
    public void BridgeMadeByUsIsWhatIpSees()
    {
        using TestNamespace here = new();
        here.Socket.Links.AddBridge(new LinkSpec { Name = "br0", Flags = LinkFlags.Up }, new BridgeOptions
        {
            StpState = 0,
            ForwardDelay = TimeSpan.FromSeconds(4),
            AgeingTime = TimeSpan.FromSeconds(120),
            Priority = 4096,
            MulticastSnooping = false,
            GroupForwardMask = 8,
        });
        var data = here.Ask("ip -j -d link show br0")[0].GetProperty("linkinfo").GetProperty("info_data");
        Assert.Equal(400, data.GetProperty("forward_delay").GetInt32());
        Assert.Equal(12000, data.GetProperty("ageing_time").GetInt32());
        Assert.Equal(0, data.GetProperty("stp_state").GetInt32());
        Assert.Equal(4096, data.GetProperty("priority").GetInt32());
        Assert.Equal(0, data.GetProperty("mcast_snooping").GetInt32());
        Assert.Equal("0x8", data.GetProperty("group_fwd_mask").GetString());
    }

    [Fact]
    public void BridgeReadsBackAndAppliesToAnother()
    {
        using TestNamespace here = new();
        here.Run("ip link add br0 type bridge forward_delay 500 hello_time 300 max_age 1000 ageing_time 4000 priority 8192 mcast_snooping 0 mcast_querier 1 "
            + "mcast_query_interval 9000");
        var options = here.Socket.Links.Get("br0").Bridge!;
        Assert.Equal(TimeSpan.FromSeconds(5), options.ForwardDelay);
        Assert.Equal(TimeSpan.FromSeconds(90), options.MulticastQueryInterval);
        Assert.Equal((ushort)8192, options.Priority);

        here.Socket.Links.AddBridge(new LinkSpec { Name = "br1" }, options with { GroupAddress = null });
        var first = here.Ask("ip -j -d link show br0")[0].GetProperty("linkinfo").GetProperty("info_data");
        var second = here.Ask("ip -j -d link show br1")[0].GetProperty("linkinfo").GetProperty("info_data");
        string[] own = ["bridge_id", "root_id", "gc_timer", "hello_timer", "tcn_timer", "topology_change_timer"];
        foreach (var property in first.EnumerateObject().Where(property => !own.Contains(property.Name)))
            Assert.Equal($"{property.Name} {property.Value}", $"{property.Name} {second.GetProperty(property.Name)}");
    }

    [Fact]
    public void BridgePortSettingsAreWhatIpSees()
    {
        using TestNamespace here = new();
        here.Run("ip link add br0 type bridge");
        here.Run("ip link set br0 up");
        here.Run("ip link add left type veth peer name right");
        here.Run("ip link set left master br0 up");
        here.Run("ip link set right up");
        var left = here.Socket.Links.Get("left").Index;
        BridgePort wanted = new()
        {
            Cost = 77,
            Priority = 12,
            Hairpin = true,
            Isolated = true,
            Learning = false,
            UnicastFlood = false,
            MulticastFlood = false,
            Guard = true,
            NeighbourSuppression = true,
        };
        here.Socket.BridgePorts.Set(left, wanted);
        var data = here.Ask("ip -j -d link show left")[0].GetProperty("linkinfo").GetProperty("info_slave_data");
        Assert.Equal(77, data.GetProperty("cost").GetInt32());
        Assert.Equal(12, data.GetProperty("priority").GetInt32());
        Assert.True(data.GetProperty("hairpin").GetBoolean());
        Assert.True(data.GetProperty("isolated").GetBoolean());
        Assert.False(data.GetProperty("learning").GetBoolean());
        Assert.False(data.GetProperty("flood").GetBoolean());
        Assert.False(data.GetProperty("mcast_flood").GetBoolean());
        Assert.True(data.GetProperty("guard").GetBoolean());
        Assert.True(data.GetProperty("neigh_suppress").GetBoolean());

        var port = here.Socket.Links.Get("left").BridgePort!;
        Assert.Equal(3, (int)port.State!);
        Assert.Equal(port, Assert.Single(here.Socket.BridgePorts.List(), link => link.Index == left).BridgePort! with { Other = port.Other });
        here.Socket.BridgePorts.Set(left, port);
        Assert.Equal(port.Cost, here.Socket.Links.Get("left").BridgePort!.Cost);
    }

    [Fact]
    public void VlansOfPortsAreAddedAndListed()
    {
        using TestNamespace here = new();
        here.Run("ip link add br0 type bridge");
        here.Run("ip link add left master br0 type veth peer name right");
        var left = here.Socket.Links.Get("left").Index;
        try
        {
            here.Socket.BridgePorts.AddVlan(left, new BridgeVlan(42, IsPvid: true, IsUntagged: true));
        }
        catch (NetlinkException exception) when (exception.Errno == Errno.EOPNOTSUPP)
        {
            Assert.Skip("this kernel has no VLANs in bridges");
        }

        here.Socket.BridgePorts.AddVlan(left, new BridgeVlan(43));
        Assert.Contains(new BridgeVlan(42, true, true), here.Socket.BridgePorts.ListVlans().Single(port => port.LinkIndex == left).Vlans);
        Assert.Contains("\"vlan\":42", here.Run("bridge -j vlan show dev left"), StringComparison.Ordinal);
        here.Socket.BridgePorts.DeleteVlan(left, new BridgeVlan(42));
        Assert.DoesNotContain("\"vlan\":42", here.Run("bridge -j vlan show dev left"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MacvlanMode.Private, "private")]
    [InlineData(MacvlanMode.Vepa, "vepa")]
    [InlineData(MacvlanMode.Bridge, "bridge")]
    public void MacvlanMadeByUsIsWhatIpSees(MacvlanMode mode, string name)
    {
        using TestNamespace here = new();
        here.Run("ip link add left type veth peer name right");
        here.Socket.Links.AddMacvlan(new LinkSpec { Name = "mv0", LowerIndex = here.Socket.Links.Get("left").Index }, mode);
        var seen = here.Ask("ip -j -d link show mv0")[0];
        Assert.Equal("left", seen.GetProperty("link").GetString());
        Assert.Equal(name, seen.GetProperty("linkinfo").GetProperty("info_data").GetProperty("mode").GetString());
    }

    [Fact]
    public void CountersAreThoseOfIp()
    {
        using TestNamespace here = new();
        here.Run("ip link set lo up");
        here.Run("bash -c \"echo hello > /dev/udp/127.0.0.1/9\"");
        var received = here.Ask("ip -j -s link show lo")[0].GetProperty("stats64").GetProperty("rx");
        Assert.Equal(received.GetProperty("bytes").GetUInt64(), here.Socket.Links.Get("lo").Statistics!.Value.rx_bytes);
    }

    [Fact]
    public void DescriptionIsRefusedWhileALinkIsMade()
    {
        using TestNamespace here = new();
        Assert.Throws<ArgumentException>(() => here.Socket.Links.AddBridge(new LinkSpec { Name = "br0", Alias = "description" }));
        here.Socket.Links.AddBridge(new LinkSpec { Name = "br0" });
        here.Socket.Links.Change(here.Socket.Links.Get("br0").Index, new LinkSpec { Alias = "description" });
        Assert.Equal("description", here.Ask("ip -j link show br0")[0].GetProperty("ifalias").GetString());
    }

    [Fact]
    public void RefusalCarriesTheKernelsWords()
    {
        using TestNamespace here = new();
        var refusal = Assert.Throws<NetlinkException>(() => here.Socket.Links.Add("nosuchkind", new LinkSpec { Name = "x0" }));
        Assert.Equal("rtnetlink NEWLINK link \"x0\" of kind nosuchkind: EOPNOTSUPP Operation not supported (Unknown device type)", refusal.Message);
    }

    [Fact]
    public void RefusalNamesTheAttribute()
    {
        using TestNamespace here = new();
        var refusal = Assert.Throws<NetlinkException>(() => here.Socket.Links.Add(
            "bridge", new LinkSpec { Name = "x0" }, attributes => attributes.Write((ushort)6, (byte)1)));
        Assert.Equal(["LINKINFO", "DATA", "PRIORITY"], refusal.AttributePath);
        Assert.StartsWith("rtnetlink NEWLINK > LINKINFO > DATA > PRIORITY link \"x0\" of kind bridge: ERANGE", refusal.Message, StringComparison.Ordinal);
    }

    private static void AssertSame(JsonElement expected, Link link, List<Link> all)
    {
        Assert.Equal(expected.GetProperty("ifname").GetString(), link.Name);
        Assert.Equal(expected.GetProperty("mtu").GetUInt32(), link.Mtu);
        Assert.Equal(expected.GetProperty("address").GetString(), link.Address.ToString());
        Assert.Equal(expected.GetProperty("broadcast").GetString(), link.Broadcast.ToString());
        Assert.Equal(expected.GetProperty("qdisc").GetString(), link.QueueingDiscipline);
        Assert.Equal(expected.GetProperty("operstate").GetString(), link.State.ToString(), ignoreCase: true);
        Assert.Equal(expected.GetProperty("num_tx_queues").GetUInt32(), link.TxQueues);
        Assert.Equal(expected.GetProperty("num_rx_queues").GetUInt32(), link.RxQueues);
        Assert.Equal(expected.GetProperty("gso_max_size").GetUInt32(), link.GsoMaxSize);
        Assert.Equal(expected.GetProperty("gso_max_segs").GetUInt32(), link.GsoMaxSegments);
        Assert.Equal(expected.GetProperty("promiscuity").GetUInt32(), link.Promiscuity);
        Assert.Equal(expected.GetProperty("flags").EnumerateArray().Any(flag => flag.GetString() == "UP"), link.IsUp);
        Assert.Equal(Text(expected, "master"), all.Find(candidate => candidate.Index == link.MasterIndex)?.Name);
        Assert.Equal(Text(expected, "link"), all.Find(candidate => candidate.Index == link.PeerIndex)?.Name);
        var info = expected.TryGetProperty("linkinfo", out var found) ? found : default;
        Assert.Equal(info.ValueKind == JsonValueKind.Object ? Text(info, "info_kind") : null, link.Kind);
        Assert.Equal(info.ValueKind == JsonValueKind.Object ? Text(info, "info_slave_kind") : null, link.SlaveKind);
    }

    private static IEnumerable<string> States(JsonElement links) =>
        links.EnumerateArray().Select(link => $"{link.GetProperty("flags")} {link.GetProperty("operstate")} {link.GetProperty("qdisc")}");

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}

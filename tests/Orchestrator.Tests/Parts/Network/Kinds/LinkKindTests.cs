using System.Text.RegularExpressions;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Parts.Network.Kinds;
using LxcNative.Orchestrator.Parts.Network.Rebuilding;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Parts.Network.Kinds;

/// <summary>Each kind of the list is made by ip, saved, made again, and compared as ip shows it.</summary>
public sealed class LinkKindTests
{
    // What makes two links of a kind that differ; a kind in the list without a line here fails.
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["veth"] = "ip link add lk0 type veth peer name lk1",
        ["bridge"] = "ip link add lk0 type bridge ageing_time 12300; ip link add lk1 type veth peer name lk2; ip link set lk1 master lk0",
        ["macvlan"] =
            "ip link add lkp type veth peer name lkq; ip link add lk0 link lkp type macvlan mode private; ip link add lk1 link lkp type macvlan mode vepa",
        ["vlan"] = "ip link add lkp type veth peer name lkq; ip link add lk0 link lkp type vlan id 7; ip link add lk1 link lk0 type vlan proto 802.1ad id 8 "
            + "reorder_hdr off",
        ["ipvlan"] =
            "ip link add lkp type veth peer name lkq; ip link add lk0 link lkp type ipvlan mode l3 private; ip link add lk1 link lkp type ipvlan mode l3 "
            + "private",
        ["dummy"] = "ip link add lk0 mtu 1234 type dummy; ip link add lk1 numtxqueues 3 type dummy",
        ["ifb"] = "ip link add lk0 mtu 1234 type ifb; ip link add lk1 type ifb",
        ["vxlan"] = "ip link add lkp type veth peer name lkq; ip link add lk0 type vxlan id 5 remote 10.0.0.1 local 10.0.0.2 dstport 4789; ip link add lk1 "
            + "type vxlan id 7 group 239.1.1.1 dev lkp dstport 8472 ttl 5 nolearning; ip link add lk2 type vxlan external; bridge fdb append "
            + "00:00:00:00:00:00 dev lk0 dst 10.0.0.9; bridge fdb add 02:00:00:00:00:07 dev lk0 dst 10.0.0.7 port 4790 vni 9",
        ["vrf"] = "ip link add lk0 type vrf table 5; ip link add lk1 type veth peer name lk2; ip link set lk1 master lk0; ip link set lk0 up",
    };

    public static TheoryData<string> Rebuilt => [.. LinkKinds.All.Where(kind => kind.IsRebuilt).Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Rebuilt))]
    public void LinksOfThisKindComeBackAsTheyWere(string kind)
    {
        Requirement.Root();
        using var original = new NamespaceFixture();
        original.Attempt(
            $"ip link add trial0 type veth; ip link add trial1 link trial0 type "
            + $"{kind}{(kind is "vlan" ? " id 2" : kind is "vrf" ? " table 2" : kind is "vxlan" ? " id 2 dstport 4789" : "")}");
        // No script of ours can give a kernel what it was not built with.
        if (!original.Shell("ip -br link").Contains("trial1", StringComparison.Ordinal))
            Assert.Skip($"this kernel has no {kind} devices");
        original.Attempt("ip link del trial1; ip link del trial0");
        original.Shell(Scripts[kind]);
        using var capture = NetworkCapture.Prepare(original.Descriptor);
        Assert.Empty(capture.Obstacles);
        using var rebuild = NetworkRebuild.In(NetworkRebuild.MakeNamespace(), NetworkImageFile.Read(NetworkImageFile.Write(capture.Capture().Complete())));
        rebuild.MakeLinks(new Dictionary<string, HostNic>());
        Assert.Empty(rebuild.Configure());
        rebuild.Permits?.End();
        var rebuilt = new NamespaceFixture(rebuild.Namespace);
        // A link's state follows its carrier when a worker of the kernel gets to it.
        SpinWait.SpinUntil(() => Links(original) == Links(rebuilt), TimeSpan.FromSeconds(20));
        Assert.Equal(Links(original), Links(rebuilt));
    }

    // Timers run on.
    private static string Links(NamespaceFixture network) =>
        Regex.Replace(network.Shell("ip -d link; bridge -d fdb | grep dst | sort"), @"(_timer +)[\d.]+", "$1");

    [Fact]
    public void EveryKindThatIsRebuiltHasAnExample() =>
        Assert.Equal(LinkKinds.All.Where(kind => kind.IsRebuilt).Select(kind => kind.Name).Order(), Scripts.Keys.Order());

    [Fact]
    public void NoKindIsInTheListTwice() => Assert.Distinct(LinkKinds.All.Select(kind => kind.Name));

    [Theory]
    [InlineData("eth0", "ETHER", "veth", true)]
    [InlineData("tap0", "ETHER", "tun", true)]
    [InlineData("tun0", "NONE", "tun", true)]
    [InlineData("sit0", "SIT", "sit", true)]
    [InlineData("lo", "LOOPBACK", null, true)]
    [InlineData("gre0", "IPGRE", "gre", true)]
    [InlineData("gre1", "IPGRE", "gre", false)]
    [InlineData("gretap0", "ETHER", "gretap", true)]
    [InlineData("wg0", "NONE", "wireguard", false)]
    [InlineData("d0", "ETHER", "dummy", false)]
    [InlineData("eth1", "ETHER", null, false)]
    public void CriusOwnKindsAreKnown(string name, string type, string? kind, bool isKnown) =>
        Assert.Equal(isKnown, LinkKinds.IsKnownToCriu(name, Enum.Parse<ARPHRD>($"ARPHRD_{type}"), kind));

    [Fact]
    public void ImageThatNamesAnotherKindIsRefused()
    {
        Requirement.Root();
        using var original = new NamespaceFixture();
        original.Shell("ip tuntap add dev t0 mode tun");
        using var socket = NetlinkSocket.OpenIn(original.Descriptor, (int)NETLINK.NETLINK_ROUTE);
        var image = new NetworkImage { Version = NetworkImage.CurrentVersion, Links = new RouteDumps(socket).Links(), Addresses = [], Routes = [], Rules = [] };
        using var rebuild = NetworkRebuild.In(NetworkRebuild.MakeNamespace(), image);
        Assert.Contains("kind tun", Assert.Throws<MalformedNetworkImageException>(() => rebuild.MakeLinks(new Dictionary<string, HostNic>())).Message,
            StringComparison.Ordinal);
    }
}

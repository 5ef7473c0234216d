using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preparation;
using LxcNative.Orchestrator.Preparation.Hosts;
using LxcNative.Orchestrator.Tests.Parts.Network;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Preparation;

/// <summary>A namespace is the host, a veth its uplink; iproute2 says what is there before, after, and after the undo.</summary>
public sealed class BridgePreparationTests : IDisposable
{
    private const string Uplink = """
        ip link set lo up
        ip link add up0 address 02:00:00:00:00:01 type veth peer name far0
        ip link set up0 up; ip link set far0 up
        ip addr add 192.0.2.10/24 dev up0 label up0:1; ip addr add 192.0.2.11/24 dev up0; ip addr add 2001:db8::10/64 dev up0
        ip route add default via 192.0.2.1 dev up0 metric 5; ip route add 198.51.100.0/24 via 192.0.2.7 dev up0 mtu 1300; ip route add 203.0.113.0/24 dev up0 table 77
        ip -6 route add default via 2001:db8::1 dev up0; ip -6 route add 2001:db8:9::/48 via fe80::1 dev up0 metric 7
        """;

    private readonly NamespaceFixture _host;
    private readonly RouteSocket _socket;
    private readonly TemporaryDirectory _records = new();

    public BridgePreparationTests()
    {
        Requirement.Root();
        Requirement.Tool("ip");
        _host = new NamespaceFixture();
        _socket = RouteSocket.OpenIn(_host.Descriptor);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _host.Dispose();
        _records.Dispose();
    }

    [Fact]
    public void ABridgeWithAddressesIsMadeOnceAndTakenAway()
    {
        _host.Shell("ip link set lo up");
        var before = Look();
        var wish = new BridgeWish("br0")
        {
            Addresses = [Prefix.Parse("10.9.0.1/24"), Prefix.Parse("2001:db8:1::1/64")],
            Stp = true,
            ForwardDelay = TimeSpan.FromSeconds(5),
            Mtu = 1400,
        };

        Assert.Contains(Run(wish, PreparationAction.Status).Items, item => item.State == PreparationState.Missing);
        Assert.Contains(Run(wish, dryRun: true).Items, item => item.State == PreparationState.WouldMake);
        RequireSame(before);
        Run(wish);

        var link = _host.Shell("ip -j -d link show br0");
        Assert.Contains("\"stp_state\":1", link, StringComparison.Ordinal);
        Assert.Contains("\"forward_delay\":500", link, StringComparison.Ordinal);
        Assert.Contains("\"mtu\":1400", link, StringComparison.Ordinal);
        Assert.Contains("\"UP\"", link, StringComparison.Ordinal);
        Assert.Contains("10.9.0.1", _host.Shell("ip -j addr show br0"), StringComparison.Ordinal);
        Assert.Contains("2001:db8:1::1", _host.Shell("ip -j addr show br0"), StringComparison.Ordinal);
        Assert.All(Run(wish).Items, item => Assert.Equal(PreparationState.InPlace, item.State));
        Assert.True(Run(wish, PreparationAction.Status).IsComplete);

        Run(wish, PreparationAction.Undo);
        RequireSame(before);
        Assert.Empty(Run(wish, PreparationAction.Undo).Items);
    }

    [Fact]
    public void AnUplinksAddressesAndRoutesMoveToTheBridgeAndBack()
    {
        _host.Shell(Uplink);
        _host.WaitForAddresses();
        var before = Look();
        var wish = new BridgeWish("br0") { Uplink = "up0", Addresses = [Prefix.Parse("10.9.0.1/24")] };
        Run(wish);

        Assert.Equal("up0", _host.Shell("bridge -j link show dev up0 | grep -o '\"ifname\":\"up0\"' | cut -d'\"' -f4").Trim());
        Assert.Contains("\"master\":\"br0\"", _host.Shell("bridge -j link"), StringComparison.Ordinal);
        Assert.Contains("02:00:00:00:00:01", _host.Shell("ip link show br0"), StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2", _host.Shell("ip addr show up0"), StringComparison.Ordinal);
        Assert.Empty(_host.Shell("ip -4 route show dev up0 table main"));
        var routes = _host.Shell("ip route show table all; ip -6 route");
        foreach (var route in (string[])["default via 192.0.2.1 dev br0 metric 5", "198.51.100.0/24 via 192.0.2.7 dev br0 mtu 1300",
            "203.0.113.0/24 dev br0 table 77", "default via 2001:db8::1 dev br0", "2001:db8:9::/48 via fe80::1 dev br0 metric 7"])
            Assert.Contains(route, routes, StringComparison.Ordinal);
        Assert.All(Run(wish).Items, item => Assert.Equal(PreparationState.InPlace, item.State));

        Run(wish, PreparationAction.Undo);
        _host.WaitForAddresses();
        RequireSame(before);
    }

    [Theory]
    [InlineData("192.0.2.11/24")]
    [InlineData("2001:db8::10/64")]
    public void AFailureHalfWayPutsEverythingBack(string inTheWay)
    {
        _host.Shell(Uplink);
        // The bridge is there and has one of the uplink's addresses: the move fails at it.
        _host.Shell($"ip link add br0 address 02:00:00:00:00:09 type bridge; ip link add p0 type veth peer name p1; ip link set p0 master br0 up; ip link set "
            + $"p1 up; ip link set br0 up; ip addr add {inTheWay} dev br0 nodad");
        _host.WaitForAddresses();
        var before = Look();

        var failure = Assert.Throws<FailedException>(() => Run(new BridgeWish("br0") { Uplink = "up0", Addresses = [Prefix.Parse("10.9.0.1/24")] }));

        Assert.Contains("EEXIST", failure.Message, StringComparison.Ordinal);
        Assert.Equal(ContainerState.Untouched, failure.State);
        _host.WaitForAddresses();
        RequireSame(before);
        Assert.Empty(Directory.EnumerateFiles(_records.Path));
    }

    [Fact]
    public void ABridgeThatWasThereIsGivenBackAsItWas()
    {
        _host.Shell("ip link set lo up; ip link add br0 mtu 1450 type bridge stp_state 0 forward_delay 900; ip addr add 10.1.0.1/24 dev br0");
        var before = Look();
        var wish = new BridgeWish("br0")
        {
            Addresses = [Prefix.Parse("10.1.0.1/24"), Prefix.Parse("10.2.0.1/24")],
            Stp = true,
            ForwardDelay = TimeSpan.FromSeconds(4),
            Mtu = 1300,
        };
        Run(wish);
        Assert.NotEqual(before, Look());
        Run(wish, PreparationAction.Undo);
        RequireSame(before);
    }

    [Fact]
    public void WhatCannotBeIsRefusedBeforeAnythingIsChanged()
    {
        _host.Shell("ip link add v0 type veth peer name v1; ip link add br1 type bridge; ip link set v1 master br1");
        var before = Look();
        Assert.Contains("no bridge", Assert.Throws<RefusedException>(() => Run(new BridgeWish("v0"))).Message, StringComparison.Ordinal);
        Assert.Contains("no device nothing", Assert.Throws<RefusedException>(() => Run(new BridgeWish("br0") { Uplink = "nothing" })).Message,
            StringComparison.Ordinal);
        Assert.Contains("belongs to br1", Assert.Throws<RefusedException>(() => Run(new BridgeWish("br0") { Uplink = "v1" })).Message,
            StringComparison.Ordinal);
        RequireSame(before);

        Run(new BridgeWish("br0"));
        _host.Shell("ip link set v0 master br0");
        Assert.Contains("still has the port v0", Assert.Throws<RefusedException>(() => Run(new BridgeWish("br0"), PreparationAction.Undo)).Message,
            StringComparison.Ordinal);
    }

    private PreparationReport Run(BridgeWish wish, PreparationAction action = PreparationAction.Apply, bool dryRun = false) =>
        new BridgePreparation(_socket, wish).Run(new PreparationOptions { Action = action, DryRun = dryRun, Records = _records.Path });

    // What the kernel's workers make of a carrier comes a while after it.
    private void RequireSame(string before)
    {
        SpinWait.SpinUntil(() => Look() == before, TimeSpan.FromSeconds(20));
        Assert.Equal(before, Look());
    }

    private string Look() =>
        string.Join('\n', NamespaceView.Look(_host, withRuleset: false).Where(pair => pair.Key != "sysctl").Select(pair => $"{pair.Key}:\n{pair.Value}"));
}

using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Parts.Network;

public sealed class NetworkCaptureTests
{
    [Theory]
    [InlineData("ip link add x type veth peer name y; tc qdisc add dev x root handle 1: pfifo limit 7", "queueing discipline")]
    [InlineData("ip xfrm policy add src 10.0.0.0/8 dst 10.1.0.0/16 dir out action block", "IPsec")]
    [InlineData("ip tuntap add dev t0 mode tun", "kind tun")]
    [InlineData("iptables-legacy -A INPUT -p tcp --dport 80 -j DROP", "legacy iptables table filter")]
    [InlineData("iptables-legacy -P FORWARD DROP", "legacy iptables table filter")]
    [InlineData("ip6tables-legacy -t mangle -A OUTPUT -j ACCEPT", "legacy ip6tables table mangle")]
    public void WhatCannotBeRebuiltIsNamedBeforehand(string script, string obstacle)
    {
        Requirement.Root();
        Requirement.Tool(script.Split(' ')[0]);
        using var fixture = new NamespaceFixture();
        fixture.Shell(script);
        using var capture = NetworkCapture.Prepare(fixture.Descriptor);
        Assert.False(capture.CanCapture);
        Assert.Contains(obstacle, Assert.Single(capture.Obstacles), StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyLegacyTablesAreNoObstacle()
    {
        Requirement.Root();
        Requirement.Tool("iptables-legacy");
        using var fixture = new NamespaceFixture();
        fixture.Shell("iptables-legacy -L -n; ip6tables-legacy -L -n");
        using var capture = NetworkCapture.Prepare(fixture.Descriptor);
        Assert.Empty(capture.Obstacles);
    }

    [Fact]
    public void APairThatEndsElsewhereNeedsTheCallersWord()
    {
        Requirement.Root();
        using var host = new NamespaceFixture();
        using var inside = new NamespaceFixture();
        host.Shell($"ip link add h0 type veth peer name eth0 netns /proc/{Environment.ProcessId}/fd/{inside.Descriptor.Number}");
        using var refused = NetworkCapture.Prepare(inside.Descriptor);
        Assert.Contains("eth0", Assert.Single(refused.Obstacles), StringComparison.Ordinal);
        using var accepted = NetworkCapture.Prepare(inside.Descriptor, new NetworkCaptureOptions { Pairs = new HashSet<string> { "eth0" } });
        Assert.Empty(accepted.Obstacles);
    }

    [Fact]
    public void ALinkAddedAfterPreparationIsCapturedWithItsSettings()
    {
        Requirement.Root();
        using var fixture = new NamespaceFixture();
        using var capture = NetworkCapture.Prepare(fixture.Descriptor);
        fixture.Shell("ip link add late type veth peer name later; sysctl -q -w net.ipv4.conf.late.rp_filter=2");
        var image = capture.Capture().Complete();
        Assert.Equal(3, image.Links.Count);
        Assert.Contains(image.Sysctls, sysctl => sysctl is { Path: "ipv4/conf/late/rp_filter", Value: "2" });
    }

    [Fact]
    public void WhatCannotBeRebuiltIsNoticedAfterPreparationToo()
    {
        Requirement.Root();
        using var fixture = new NamespaceFixture();
        using var capture = NetworkCapture.Prepare(fixture.Descriptor);
        Assert.True(capture.CanCapture);
        fixture.Shell("ip tuntap add dev t0 mode tun");
        Assert.Throws<NetworkCaptureException>(() => capture.Capture().Complete());
    }

    [Fact]
    public void ExcludedTablesAreLeftOutWithAllThatIsInThem()
    {
        Requirement.Root();
        using var fixture = new NamespaceFixture();
        fixture.Nft("table inet lock { set s { type ipv4_addr; elements = { 10.0.0.1 }; }; chain c { type filter hook input priority 0; accept; }; }");
        fixture.Nft("table inet kept { chain c { accept; }; }");
        using var capture = NetworkCapture.Prepare(fixture.Descriptor, new NetworkCaptureOptions { IsExcludedTable = (_, name) => name == "lock" });
        var ruleset = capture.Capture().Complete().Ruleset;
        Assert.Single(ruleset.Tables);
        Assert.Single(ruleset.Chains);
        Assert.Single(ruleset.Rules);
        Assert.Empty(ruleset.Sets);
        Assert.Empty(ruleset.Elements);
    }
}

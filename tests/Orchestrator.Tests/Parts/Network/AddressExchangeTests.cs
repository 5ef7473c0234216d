using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Parts.Network.Rebuilding;
using LxcNative.Orchestrator.Restores.Clones;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Parts.Network;

/// <summary>Other addresses in the place of those that a namespace was captured with: `ip` tells what is there.</summary>
public sealed class AddressExchangeTests
{
    private const string Former = "02:00:00:00:00:02", Own = "02:00:00:00:00:77";

    public AddressExchangeTests() => Requirement.Root();

    [Fact]
    public void RoutesStayWithTheNewAddresses()
    {
        using var inside = new NamespaceFixture();
        inside.Shell("""
            ip link set lo up; ip link add eth0 type veth peer name p0; ip link set eth0 up; ip link set p0 up
            ip addr add 10.0.0.2/24 dev eth0; ip addr add 10.0.0.3/24 dev eth0; ip addr add 192.168.9.1/24 dev eth0; ip addr add fd00::2/64 dev eth0 nodad
            ip route add default via 10.0.0.1 src 10.0.0.2; ip route add 172.16.0.0/16 via 10.0.0.9 metric 7; ip -6 route add default via fd00::1
            """);

        Assert.Empty(AddressExchange.Run(inside.Descriptor, [new CloneDevice("eth0", Former, Own, ["10.0.0.77/24", "fd00::77/64"])]));

        Assert.Equal("10.0.0.77/24 scope global eth0", Assert.Single(Lines(inside, "ip -4 -o addr show eth0 | sed 's/.*inet //; s/\\\\.*//'")).Trim());
        Assert.Equal(["fd00::77/64"], Lines(inside, "ip -6 -o addr show scope global | awk '{print $4}'"));
        Assert.Equal(
            ["10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.77", "172.16.0.0/16 via 10.0.0.9 dev eth0 metric 7",
                "default via 10.0.0.1 dev eth0 src 10.0.0.77"],
            Lines(inside, "ip route show").Order(StringComparer.Ordinal));
        Assert.Contains(Lines(inside, "ip -6 route show"), route => route.StartsWith("default via fd00::1", StringComparison.Ordinal));
    }

    [Fact]
    public void ARouteThroughAGatewayThatCannotBeReachedIsTold()
    {
        using var inside = new NamespaceFixture();
        inside.Shell("ip link add eth0 type veth peer name p0; ip link set eth0 up; ip link set p0 up; ip addr add 10.0.0.2/24 dev eth0");
        inside.Shell("ip route add default via 10.0.0.1");

        var lost = AddressExchange.Run(inside.Descriptor, [new CloneDevice("eth0", Former, Own, ["10.5.0.2/24"])]);

        Assert.Contains("default", Assert.Single(lost), StringComparison.Ordinal);
        Assert.Equal(["10.5.0.0/24 dev eth0 proto kernel scope link src 10.5.0.2"], Lines(inside, "ip route show"));
    }

    [Fact]
    public void WithAnotherMacTheAddressesThatAreMadeOfItAreOthers()
    {
        using var host = new NamespaceFixture();
        using var inside = new NamespaceFixture();
        host.Shell($"ip link add h0 type veth peer name eth0 address {Former} netns /proc/{Environment.ProcessId}/fd/{inside.Descriptor.Number}");
        host.Shell("ip link set h0 up");
        inside.Shell("ip link set lo up; ip link set eth0 up; ip addr add 10.0.0.2/24 dev eth0; ip addr add fd00::ff:fe00:2/64 dev eth0 nodad");
        inside.WaitForAddresses();
        using var capture = NetworkCapture.Prepare(inside.Descriptor, new NetworkCaptureOptions { Pairs = new HashSet<string> { "eth0" } });
        var image = NetworkImageFile.Read(NetworkImageFile.Write(capture.Capture().Complete()));
        var devices = (CloneDevice[])[new CloneDevice("eth0", Former, Own, [])];
        NamespaceThread.Run(
            () =>
            {
                using var rebuild = NetworkRebuild.In(NetworkRebuild.MakeNamespace(), ReaddressedNetwork.Of(image, devices));
                rebuild.MakeLinks(new Dictionary<string, HostNic>
                {
                    ["eth0"] = new HostNic("h1", 0, "fe:00:00:00:00:41", 1500, true, 1, 1, 1000, 0, null, null, null),
                });
                host.Shell("ip link set h1 up");
                Assert.Empty(rebuild.Configure());
                rebuild.Permits?.End();
                var other = new NamespaceFixture(rebuild.Namespace);
                Assert.Contains(Own, other.Shell("ip link show eth0"), StringComparison.Ordinal);
                string[] expected = ["fd00::ff:fe00:77/64", "fe80::ff:fe00:77/64"];
                IEnumerable<string> Addresses() => Lines(other, "ip -6 -o addr show eth0 | awk '{print $4}'").Order(StringComparer.Ordinal);
                SpinWait.SpinUntil(() => Addresses().SequenceEqual(expected), TimeSpan.FromSeconds(20));
                Assert.Equal(expected, Addresses());
                Assert.Equal(["10.0.0.2/24"], Lines(other, "ip -4 -o addr show eth0 | awk '{print $4}'"));
                Assert.DoesNotContain(":2 ", other.Shell("ip -6 route show table local"), StringComparison.Ordinal);
            },
            host.Descriptor);
    }

    [Fact]
    public void WhatACloneWouldHaveTogetherWithItsOriginalIsKnown()
    {
        using var inside = new NamespaceFixture();
        inside.Shell($"ip link set lo up; ip link add eth0 address {Former} type veth peer name p0; ip link set eth0 up; ip link set p0 up");
        inside.Shell("ip addr add 10.0.0.2/24 dev eth0; ip addr add fd00::ff:fe00:2/64 dev eth0 nodad; ip addr add fd00::5/64 dev eth0 nodad");
        inside.WaitForAddresses();
        using var capture = NetworkCapture.Prepare(inside.Descriptor, new NetworkCaptureOptions());
        var image = capture.Capture().Complete();

        var kept = CloneAddresses.Of(image, Twin(Own, []));
        Assert.Equal(["10.0.0.2", "fd00::5"], kept.Kept.Order(StringComparer.Ordinal));
        Assert.Empty(kept.Named);
        var named = CloneAddresses.Of(image, Twin(Former.ToUpperInvariant(), ["10.0.0.2/16", "10.0.0.9/24", "fd00::7/64"]));
        Assert.Empty(named.Kept);
        Assert.Equal(["10.0.0.2", Former], named.Named, StringComparer.OrdinalIgnoreCase);

        static Clone Twin(string mac, string[] prefixes) =>
            new("twin", "web", "/var/lib/lxc", "twin", "/copy", false, 0, [new CloneDevice("eth0", Former, mac, prefixes)]);
    }

    private static IEnumerable<string> Lines(NamespaceFixture place, string script) =>
        place.Shell(script).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim());
}

using System.Text.Json.Nodes;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Parts.Network.Rebuilding;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Parts.Network;

public sealed class HostPairTests
{
    [Fact]
    public void APairTowardsTheHostComesBackWithBothEnds()
    {
        Requirement.Root();
        using var host = new NamespaceFixture();
        using var inside = new NamespaceFixture();
        host.Shell($"""
            ip link add h0 index 40 address fe:00:00:00:00:40 mtu 1400 numtxqueues 2 numrxqueues 2 type veth peer name eth0 index 2 address 02:00:00:00:00:02 mtu 1400 numtxqueues 3 numrxqueues 2 netns /proc/{Environment.ProcessId}/fd/{inside.Descriptor.Number}
            ip link set h0 up group 3
            """);
        inside.Shell("ip link set lo up; ip link set eth0 up; ip addr add 10.0.0.2/24 dev eth0; ip route add default via 10.0.0.1");
        inside.Shell(
            "iptables-nft -A INPUT -p tcp --dport 22 -m conntrack --ctstate NEW -m comment --comment ssh -j ACCEPT; iptables-nft -A INPUT ! -p udp -m state "
            + "--state INVALID -j DROP");
        inside.Shell(
            "iptables-nft -t nat -A POSTROUTING -o eth0 -j MASQUERADE; ip6tables-nft -A FORWARD -p ipv6-icmp -m icmp6 --icmpv6-type 128 -m limit --limit "
            + "5/min -j REJECT");
        inside.WaitForAddresses();
        host.WaitForAddresses();
        using var capture = NetworkCapture.Prepare(inside.Descriptor, new NetworkCaptureOptions { Pairs = new HashSet<string> { "eth0" } });
        Assert.Empty(capture.Obstacles);
        var before = NamespaceView.Look(inside);
        var xtables = inside.Shell("iptables-nft-save -c; ip6tables-nft-save -c").Split('\n').Where(line => !line.StartsWith('#'));
        var hostBefore = Host(host);
        var image = capture.Capture().Complete();
        inside.Shell("ip link del eth0");
        var end = new HostNic("h0", 40, "fe:00:00:00:00:40", 1400, true, 2, 2, 1000, 3, null, null, null);
        NamespaceThread.Run(
            () =>
            {
                using var rebuild = NetworkRebuild.In(NetworkRebuild.MakeNamespace(), NetworkImageFile.Read(NetworkImageFile.Write(image)));
                rebuild.MakeLinks(new Dictionary<string, HostNic> { ["eth0"] = end });
                host.Shell("ip link set h0 up");
                Assert.Empty(rebuild.Configure());
                rebuild.Permits?.End();
                host.WaitForAddresses();
                var fixture = new NamespaceFixture(rebuild.Namespace);
                NamespaceView.AssertSame(before, fixture);
                Assert.Equal(xtables, fixture.Shell("iptables-nft-save -c; ip6tables-nft-save -c").Split('\n').Where(line => !line.StartsWith('#')));
                SpinWait.SpinUntil(() => Host(host) == hostBefore, TimeSpan.FromSeconds(20));
                Assert.Equal(hostBefore, Host(host));
            },
            host.Descriptor);
    }

    private static string Host(NamespaceFixture host)
    {
        var link = JsonNode.Parse(host.Shell("ip -j -d link show h0"))![0]!.AsObject();
        link.Remove("link_netnsid");
        return link.ToJsonString();
    }
}

using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.HostEnds;
using LxcNative.Orchestrator.Tests.Parts.Network;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Parts.HostEnds;

public sealed class HostEndLinksTests
{
    private static readonly HostNic End = new("h0", 40, "fe:00:00:00:00:40", 1500, true, 1, 1, 1000, 0, null, null, null);

    [Fact]
    public void AnIndexThatIsTakenIsLeftToTheKernel()
    {
        Requirement.Root();
        using var host = new NamespaceFixture();
        host.Shell("ip link add other index 40 type veth peer name another");
        AddPair(host);
        Assert.Contains("fe:00:00:00:00:40", host.Shell("ip link show h0"), StringComparison.Ordinal);
    }

    [Fact]
    public void ANameThatIsTakenIsRefused()
    {
        Requirement.Root();
        using var host = new NamespaceFixture();
        host.Shell("ip link add h0 index 40 type veth peer name another");
        Assert.Throws<NetlinkException>(() => AddPair(host));
    }

    [Fact]
    public void TheEndOfWhateverElseRunsIsNotAdvisedToBeRemoved()
    {
        Requirement.Root();
        using var host = new NamespaceFixture();
        using var other = new NamespaceFixture();
        host.Shell("ip link add h0 type veth peer name p0");
        NamespaceThread.Run(
            () =>
            {
                using var links = RouteSocket.Open();
                links.Links.Change(links.Links.Get("p0").Index, new LinkSpec { Namespace = NetworkNamespace.Of(other.Descriptor) });
            },
            host.Descriptor);
        host.Shell("ip link add h1 type veth peer name p1");

        Assert.StartsWith("Do not remove it", Remedy(host, "h0"), StringComparison.Ordinal);
        Assert.StartsWith("Choose another name", Remedy(host, "h1"), StringComparison.Ordinal);
    }

    private static string Remedy(NamespaceFixture host, string device) => NamespaceThread.Run(
        () =>
        {
            using var links = RouteSocket.Open();
            return HostEndRules.Taken(links.Links.Get(device), "eth0").Remedy;
        },
        host.Descriptor);

    private static void AddPair(NamespaceFixture host) => NamespaceThread.Run(
        () =>
        {
            using var links = new HostEndLinks();
            links.AddPair(End, new LinkSpec { Name = "p0" });
        },
        host.Descriptor);
}

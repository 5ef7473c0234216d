using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.InPlace;
using LxcNative.Orchestrator.Steps.Undoing;
using LxcNative.Orchestrator.Tests.Locking;

namespace LxcNative.Orchestrator.Tests.InPlace;

/// <summary>The names of the host's ends of a container that comes back in place.</summary>
public sealed class KeptLinkTests : IDisposable
{
    private readonly FileDescriptor _host = NamespacePair.New();

    public KeptLinkTests() => NamespacePair.Run(_host, "ip", "link add veth7 up type veth peer name eth0");

    public void Dispose() => _host.Dispose();

    [Fact]
    public void WhoLooksForTheNameFindsNothingUntilItIsGivenBack()
    {
        using var host = RouteSocket.OpenIn(_host);
        var link = Link(host);
        link.SetAside(host);
        link.SetAside(host);
        Assert.False(host.Links.TryGet("veth7", out _));
        Assert.True(host.Links.Get(link.Index).Flags.HasFlag(LinkFlags.Up));
        link.GiveBack(host);
        link.GiveBack(host);
        Assert.Equal(link.Index, host.Links.Get("veth7").Index);
    }

    [Fact]
    public void OnlyTheLinkItselfIsRemoved()
    {
        using var host = RouteSocket.OpenIn(_host);
        var link = Link(host);
        link.SetAside(host);
        NamespacePair.Run(_host, "ip", "link add veth7 type bridge");
        link.Remove(host);
        link.Remove(host);
        Assert.False(host.Links.TryGet(link.Index, out _));
        Assert.True(host.Links.TryGet("veth7", out _));
    }

    [Theory]
    [InlineData("6.2.0", true)]
    [InlineData("6.18.44", true)]
    [InlineData("6.1.0", false)]
    [InlineData("5.15.0", false)]
    public void OnlyAKernelThatRenamesADeviceThatIsUpSetsItAside(string kernel, bool can) => Assert.Equal(can, KeptLink.CanBeSetAsideBy(new Version(kernel)));

    [Fact]
    public void AnUndoRemovesItUnderEitherNameAndNoOtherDevice()
    {
        NamespaceThread.Run(() =>
        {
            using var host = RouteSocket.Open();
            var link = Link(host);
            link.SetAside(host);
            NamespacePair.Run(_host, "ip", "link add veth7 type bridge");
            new KeptLinkUndo(link).Run();
            new KeptLinkUndo(link).Run();
            Assert.False(host.Links.TryGet(link.Index, out _));
            Assert.True(host.Links.TryGet("veth7", out _));
            return true;
        }, _host);
    }

    [Fact]
    public void TheNameOfAContainerThatHasEndedIsLeftAlone()
    {
        NamespaceThread.Run(() =>
        {
            using var host = RouteSocket.Open();
            var link = Link(host);
            link.SetAside(host);
            var own = ProcessIdentity.Of(Environment.ProcessId);
            new LinkNameUndo(own.Pid, own.StartTimeTicks + 1, link).Recover();
            Assert.False(host.Links.TryGet("veth7", out _));
            new LinkNameUndo(own.Pid, own.StartTimeTicks, link).Recover();
            Assert.True(host.Links.TryGet("veth7", out _));
            return true;
        }, _host);
    }

    private static KeptLink Link(RouteSocket host) => new(host.Links.Get("veth7").Index, "veth7");
}

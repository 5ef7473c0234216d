using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>A container in the network namespace of another, which goes on: <c>lxc.namespace.share.net</c>.</summary>
public class SharedNetworkTests
{
    [Fact]
    public void TheNetworkOfAnotherContainerIsNotTaken()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var bridge = HostBridge.Create();
        using var owner = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { HasIpv6 = false }], Payload = PayloadMode.None });
        using var guest =
            LxcContainer.Start(new LxcContainerOptions { Configuration = [$"lxc.namespace.share.net = {owner.Name}"], Payload = PayloadMode.None });
        using var images = new TemporaryDirectory();
        Assert.Equal(Network(owner), Network(guest));
        var addresses = Addresses(owner);

        foreach (var one in (LxcContainer[])[owner, guest])
        {
            var refused = LxcNativeCommand.Run("checkpoint", one.Name, "-D", images[one.Name]);
            Assert.NotEqual(0, refused.ExitCode);
            Assert.Contains("LXN018", refused.Error, StringComparison.Ordinal);
            Assert.True(Directory.Exists($"/proc/{one.InitPid}"));
        }

        // Wanted all the same, it takes nothing with it.
        LxcNativeCommand.Run("checkpoint", guest.Name, "-D", images["forced"], "--force").OrThrow();
        Assert.Equal(addresses, Addresses(owner));
        Assert.Contains(owner.HostLinks[0], Command.Output("ip", "-o", "link", "show"), StringComparison.Ordinal);

        // With nobody else in it the network is the owner's alone.
        Assert.DoesNotContain("LXN018", LxcNativeCommand.Run("check", owner.Name).Output, StringComparison.Ordinal);
    }

    private static string Network(LxcContainer container) => ProcessTable.Link(container.InitPid, "ns/net");

    private static string Addresses(LxcContainer container) =>
        Command.Output("nsenter", "--target", $"{container.InitPid}", "--net", "ip", "-br", "addr", "show", "dev", "eth0");
}

using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>Devices that criu alone refuses and that come back: the check says so, and is right.</summary>
public sealed class LinkKindTests
{
    [Theory]
    [InlineData("ifb", "type ifb")]
    [InlineData("dummy", "type dummy")]
    [InlineData("vrf", "type vrf table 5")]
    [InlineData("vxlan", "type vxlan id 5 dstport 4789 remote 10.9.9.9")]
    [InlineData("vlan", "link eth0 type vlan id 7")]
    [InlineData("ipvlan", "link eth0 type ipvlan mode l2")]
    public void DeviceOfThisKindPassesTheCheckAndComesBack(string kind, string arguments)
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None, Nics = [new ContainerNic(bridge) { HasIpv6 = false }] });
        var made = container.Inside("net", "ip", ["link", "add", "name", "kind0", .. arguments.Split(' ')]);
        Assert.SkipUnless(made.Succeeded, $"this kernel has no {kind} devices: {made.Error}");
        container.Inside("net", "ip", "link", "set", "kind0", "up").OrThrow();
        string Link() => container.Inside("net", "ip", "-d", "link", "show", "kind0").OrThrow().Output;
        Unchanged.Settle(container);
        var before = Link();

        Assert.Equal(0, LxcNativeCommand.Run("check", container.Name).ExitCode);
        var byCriu = LxcNativeCommand.Run("check", container.Name, "--netns", "criu");
        Assert.Equal(3, byCriu.ExitCode);
        Assert.Contains("LXN080", byCriu.Output + byCriu.Error, StringComparison.Ordinal);
        using var images = new TemporaryDirectory();
        Cycle.Checkpoint(container, images["1"]);
        Cycle.Restore(container, images["1"]);

        Unchanged.Require(before, Link);
    }
}

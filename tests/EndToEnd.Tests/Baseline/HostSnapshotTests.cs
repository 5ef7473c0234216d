using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Baseline;

/// <summary>The fixtures themselves leave the host as it was, and their comparison sees what changes.</summary>
public class HostSnapshotTests
{
    [Fact]
    public void CreatingAndDestroyingAContainerLeavesTheHostAsItWas()
    {
        Requirement.Lxc();
        var before = HostSnapshot.Capture();
        using (var bridge = HostBridge.Create())
        using (var container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge)], HasStaleCgroups = true }))
        {
            var during = before.DifferenceTo(HostSnapshot.Capture());
            Assert.Contains(bridge.Name, during, StringComparison.Ordinal);
            Assert.Contains(container.HostLinks[0], during, StringComparison.Ordinal);
            Assert.Contains($"lxc.payload.{container.Name}-1", during, StringComparison.Ordinal);
        }
        Assert.Equal("", HostSnapshot.DifferenceSince(before));
    }

    [Fact]
    public void AContainerGoesWhenItsTestFails()
    {
        Requirement.Lxc();
        var before = HostSnapshot.Capture();
        var name = "";
        Assert.Throws<InvalidTimeZoneException>(void () =>
        {
            using var bridge = HostBridge.Create();
            using var container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { HasIpv6 = false }] });
            name = container.Name;
            throw new InvalidTimeZoneException("a test failed");
        });
        Assert.Equal("", HostSnapshot.DifferenceSince(before));
        Assert.False(Directory.Exists($"/var/lib/lxc/{name}"));
    }

    [Fact]
    public void AContainerWhoseMonitorWasKilledGoesToo()
    {
        Requirement.Lxc();
        var before = HostSnapshot.Capture();
        using (var container = LxcContainer.Start(new LxcContainerOptions()))
        {
            // Without its monitor LXC no longer knows the container: like one that was restored by something else.
            var monitor = int.Parse(ProcessTable.Status(container.InitPid, "PPid"));
            Command.Output("lxc-freeze", "-n", container.Name);
            Command.Output("kill", "-KILL", $"{monitor}");
        }
        Assert.Equal("", HostSnapshot.DifferenceSince(before));
    }
}

using LxcNative.Orchestrator.Parts.Devices;

namespace LxcNative.Orchestrator.Tests.Parts.Devices;

/// <summary>What has to be denied so that the rules wanted are left.</summary>
public class DeviceRuleRepairTests
{
    [Theory]
    // What LXC's common.conf allows of the devices that all are allowed until then.
    [InlineData("c *:* rwm", "c *:* rw")]
    [InlineData("b *:* rwm", "b *:* rwm")]
    [InlineData("c 1:3 rwm", null)]
    [InlineData("c 1:5 rw", "c 1:5 w")]
    public void AccessThatIsWantedStays(string line, string? denied) =>
        Assert.Equal(denied, DeviceRuleRepair.Superfluous(line, ["c *:* m", "c 1:3 rwm", "c 1:5 r"]));
}

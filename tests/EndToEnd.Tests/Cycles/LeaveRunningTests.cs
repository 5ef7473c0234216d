using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>A container that is left running notices nothing but a pause.</summary>
public class LeaveRunningTests
{
    private const int Checkpoints = 30;

    [Fact]
    public void ThirtyCheckpointsUnderAClientLoseNoByteAndLeaveNoLock()
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        using var payload = container.ConnectPayload();
        using var echo = payload.StartEcho();
        using var images = new TemporaryDirectory();
        var status = payload.RequireGoingOn();
        Unchanged.Settle(container);
        var host = HostSnapshot.Capture();

        for (var i = 1; i <= Checkpoints; i++)
        {
            Cycle.Checkpoint(container, images[$"{i}"], "--leave-running");
            echo.RequireAnswers(20);
            Assert.Equal("", container.Inside("net", "nft", "list", "ruleset").OrThrow().Output);
        }

        payload.RequireGoingOn(status);
        var report = echo.Stop();
        Assert.Null(report.Failure);
        Assert.Equal(report.Sent, report.Received);
        Unchanged.Require("afterwards", host);
    }
}

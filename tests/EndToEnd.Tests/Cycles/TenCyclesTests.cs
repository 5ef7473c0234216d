using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>Ten checkpoints and restores of one container in a row lose nothing, inside or on the host.</summary>
public class TenCyclesTests
{
    private const int Cycles = 10;
    private const int Unread = 20_000;

    [Fact]
    public void EverythingInsideGoesOnAndTheHostIsAsItWas()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { IsGateway = true }] });
        using var payload = container.ConnectPayload();
        using var queued = new QueuedConnection(payload);
        using var images = new TemporaryDirectory();
        var earlier = payload.RequireGoingOn();
        Unchanged.Settle(container);
        var host = HostSnapshot.Capture();
        var inside = ContainerSnapshot.Capture(container.InitPid);

        for (var cycle = 1; cycle <= Cycles; cycle++)
        {
            queued.FillBothWays(Unread);
            Cycle.Checkpoint(container, images[$"{cycle}"]);
            Cycle.Restore(container, images[$"{cycle}"]);

            earlier = payload.RequireGoingOn(earlier);
            Assert.True(payload.AnswersUdp(), $"the UDP socket is silent after cycle {cycle}");
            queued.RequireEverything();
            Unchanged.Require($"cycle {cycle}", container, inside, host);
        }
    }
}

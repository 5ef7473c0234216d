using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Baseline;

/// <summary>The container and the program in it are sound before anything is checkpointed.</summary>
public class PayloadTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PayloadRunsInAContainer(bool asInit)
    {
        Requirement.Lxc();
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { HasIpv6 = !asInit }], PayloadIsInit = asInit });
        using var payload = container.ConnectPayload(overIpv6: !asInit);
        using var echo = payload.StartEcho();

        payload.RequireGoingOn();
        // Longer than the payload needs to call a counter dead.
        Wait.For("running time", () => payload.Status()["awakeMs"] > 11_000, TimeSpan.FromSeconds(60));
        payload.RequireGoingOn();

        Assert.True(payload.AnswersUdp());
        echo.RequireAnswers();
        var report = echo.Stop();
        Assert.Null(report.Failure);
        Assert.Equal(report.Sent, report.Received);
        Assert.Equal(asInit ? 1 : payload.Status()["pid"], payload.Status()["pid"]);
    }
}

using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>A connection that a restored container accepted is kept as well as one that the first one accepted.</summary>
public class LaterConnectionTests
{
    [Fact]
    public void AConnectionToARestoredContainerOutlivesItsNextCheckpoint()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.Full, Nics = [new ContainerNic(bridge) { HasIpv6 = false }] });
        using var images = new TemporaryDirectory();
        using (var payload = container.ConnectPayload())
            payload.RequireGoingOn();

        for (var cycle = 0; cycle < 3; cycle++)
        {
            // It sends at every moment of the container's end: what arrives when the sockets are gone must not be answered.
            using var client = EchoClient.Start(container.Ipv4, container.Options.Port + 1, TimeSpan.FromMilliseconds(1));
            client.RequireAnswers();
            Cycle.Checkpoint(container, images[$"{cycle}"]);
            Cycle.Restore(container, images[$"{cycle}"]);
            client.RequireAnswers();
            Assert.Null(client.Stop().Failure);
        }
    }
}

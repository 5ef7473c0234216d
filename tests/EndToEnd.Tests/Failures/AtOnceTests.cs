using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>Two commands for one container at the same time: one does it, the other is refused and touches nothing.</summary>
public sealed class AtOnceTests : IDisposable
{
    private const int Refused = 3;
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task OfTwoRestoresOneIsRefused()
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { HasIpv6 = false }] });
        using var payload = container.ConnectPayload();
        var status = payload.RequireGoingOn();
        Cycle.Checkpoint(container, _place["images"]);

        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => LxcNativeCommand.Run("restore", "-D", _place["images"], "--json"))));

        var restored = Assert.Single(results, result => result.ExitCode == 0);
        container.Adopt(restored.Json().GetProperty("pid").GetInt32());
        var refused = Assert.Single(results, result => result.ExitCode == Refused);
        Assert.Matches("under way|is running|in it", refused.Output + refused.Error);
        payload.RequireGoingOn(status);
    }

    [Fact]
    public void ACheckpointDuringAnotherIsRefused()
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        string[] checkpoint = ["checkpoint", container.Name, "--leave-running", "-D"];
        LxcNativeCommand.Run([.. checkpoint, _place["first"]]).OrThrow();
        using (new FileStream($"/run/lxcnative/claims/checkpoint-{container.Name}", FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var result = LxcNativeCommand.Run([.. checkpoint, _place["second"]]);
            Assert.True(result.ExitCode == Refused, result.ToString());
            Assert.Contains("another checkpoint", result.Error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(_place["second"]));
        }

        LxcNativeCommand.Run([.. checkpoint, _place["third"]]).OrThrow();
    }
}

using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Tests.Checkpoints;

public class CheckpointRefusalsTests
{
    private static readonly Container Healthy = SampleContainer.Make();

    [Fact]
    public void AHealthyContainerIsNotRefused() => Assert.Empty(CheckpointRefusals.Check(Healthy, new CheckpointOptions()));

    [Fact]
    public void TheHostsNetworkIsNeverLocked()
    {
        var container = Healthy with { Namespaces = [new ContainerNamespace(NamespaceKind.Net, 1, true)] };

        Assert.Contains("shares the host's network", Refusal(container, new CheckpointOptions()), StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnsupportedMountIsNamedWithItsReason()
    {
        var container = Healthy with { Mounts = [.. Healthy.Mounts, SampleContainer.Mount(80, "/mnt/ssh", "fuse.sshfs", ContainerMountKind.Unsupported, null, reason: "because")] };

        var message = Refusal(container, new CheckpointOptions());

        Assert.Contains("/mnt/ssh (fuse.sshfs)", message, StringComparison.Ordinal);
        Assert.Contains("because", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProcessesThatWouldBeLostStopACheckpointThatEndsTheContainer() =>
        Assert.Contains("77", Refusal(Healthy with { Strangers = [77] }, new CheckpointOptions()), StringComparison.Ordinal);

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void TheyAreOnlyToldOfWhereNothingIsLostOrTheUserSaidSo(bool leaveRunning, bool force) =>
        Assert.Single(CheckpointRefusals.Check(Healthy with { Strangers = [77] }, new CheckpointOptions { LeaveRunning = leaveRunning, Force = force }));

    private static string Refusal(Container container, CheckpointOptions options) =>
        Assert.Throws<CheckpointRefusedException>(() => CheckpointRefusals.Check(container, options)).Message;
}

using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Tests.Preflight;

namespace LxcNative.Orchestrator.Tests.Checkpoints;

public class CheckpointRefusalsTests
{
    private static readonly Container Healthy = SampleContainer.Make();

    [Fact]
    public void AHealthyContainerIsNotRefused() => Assert.Empty(Decide(Healthy, new CheckpointOptions()));

    [Fact]
    public void TheHostsNetworkIsNeverLocked() =>
        Assert.Contains("LXN014", Refusal(Healthy with { Namespaces = [new ContainerNamespace(NamespaceKind.Net, 1, true)] }), StringComparison.Ordinal);

    [Fact]
    public void EveryReasonIsNamedWithWhatToDo()
    {
        var message = Refusal(Healthy with
        {
            Strangers = [77, 78, 79, 80, 81],
            Mounts = [.. Healthy.Mounts, SampleContainer.Mount(80, "/mnt/odd", "btrfs", ContainerMountKind.Unsupported, null, reason: "because")],
        });

        Assert.Contains("LXN070", message, StringComparison.Ordinal);
        Assert.Contains("/mnt/odd: btrfs", message, StringComparison.Ordinal);
        Assert.Contains("Unmount it", message, StringComparison.Ordinal);
        Assert.Contains("LXN011", message, StringComparison.Ordinal);
        Assert.Contains("and 2 more", message, StringComparison.Ordinal);
        Assert.Contains("--force", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void TheyAreOnlyToldOfWhereNothingIsLostOrTheUserSaidSo(bool leaveRunning, bool force) =>
        Assert.Single(Decide(Healthy with { Strangers = [77] }, new CheckpointOptions { LeaveRunning = leaveRunning, Force = force }));

    // It would be dumped, and gone, and never come back.
    [Fact]
    public void WhatCannotBeRestoredIsRefusedThoughItCouldBeDumped()
    {
        var finding = new Finding { Id = "LXN000", Severity = FindingSeverity.BlocksRestore, Title = "t", Seen = "s", Why = "w", Remedy = "r" };

        Assert.Equal([finding], Assert.Throws<RefusedException>(() => CheckpointRefusals.Decide("web", [finding], new CheckpointOptions())).Findings);
        Assert.Single(CheckpointRefusals.Decide("web", [finding], new CheckpointOptions { Force = true }));
    }

    private static string Refusal(Container container) => Assert.Throws<RefusedException>(() => Decide(container, new CheckpointOptions())).Message;

    private static IReadOnlyList<string> Decide(Container container, CheckpointOptions options) =>
        CheckpointRefusals.Decide(container.Name, PreflightCheck.Decide(SampleSnapshot.Make(container: _ => container), options), options);
}

using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Tests.Checkpoints;

/// <summary>Which checkpoints are tried again, and how often.</summary>
public class CheckpointFailureTests
{
    private static readonly CheckpointOptions Usual = new();

    [Theory]
    [InlineData("LXN002", 3)]
    [InlineData("LXN004", 3)]
    [InlineData("LXN050", 5)]
    [InlineData("LXN059", 5)]
    [InlineData("LXN314", 5)]
    [InlineData("LXN300", 1)]
    public void WhatIsOfAMomentIsTriedAgain(string id, int times)
    {
        var attempt = 1;
        while (CheckpointFailure.IsOfMoment(Failed(ContainerState.RunsOn, id), Usual, attempt))
            attempt++;
        Assert.Equal(times, attempt);
    }

    [Theory]
    [InlineData(ContainerState.NeedsAttention)]
    [InlineData(ContainerState.Dumped)]
    [InlineData(ContainerState.Untouched)]
    public void OnlyWhereTheContainerRunsOn(ContainerState state) => Assert.False(CheckpointFailure.IsOfMoment(Failed(state, "LXN314"), Usual, 1));

    [Fact]
    public void NotWhereItIsForced() =>
        Assert.False(CheckpointFailure.IsOfMoment(Failed(ContainerState.RunsOn, "LXN314"), new CheckpointOptions { Force = true }, 1));

    [Theory]
    [InlineData(true, "LXN059")]
    [InlineData(true, "LXN050", "LXN059")]
    [InlineData(false, "LXN059", "LXN070")]
    [InlineData(false, "LXN002")]
    [InlineData(false)]
    public void ARefusalIsLookedAtAgainWhereNothingElseIsInTheWay(bool again, params string[] ids) =>
        Assert.Equal(again, CheckpointFailure.IsOfMoment(
            new RefusedException("refused", [Found("LXN042", FindingSeverity.Note), .. ids.Select(id => Found(id))]), Usual, 1));

    private static FailedException Failed(ContainerState state, string id) => new("failed", state, findings: [Found(id)]);

    private static Finding Found(string id, FindingSeverity severity = FindingSeverity.Blocks) =>
        new() { Id = id, Severity = severity, Title = "t", Seen = "s", Why = "w", Remedy = "r" };
}

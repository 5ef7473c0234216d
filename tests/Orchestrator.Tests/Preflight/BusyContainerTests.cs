using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Snapshot;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>What is only busy is not called stuck: nothing is found in containers that change while they are looked at.</summary>
public sealed class BusyContainerTests
{
    [Theory]
    [InlineData("waits_again")]
    [InlineData("epoll_number_reused")]
    public void NothingIsFoundInABusyContainer(string state)
    {
        Requirement.Root();
        Requirement.Tool("gcc");
        Requirement.Feature("cgroup-v1", Directory.Exists("/sys/fs/cgroup/memory"), "needs the version 1 memory hierarchy to put its containers in");
        using var made = StateContainer.Start(state);
        var container = Container.FromPid(made.InitPid);
        for (var look = 0; look < 5; look++)
            Assert.Empty(PreflightCheck.Run(container,
                new CheckpointOptions()).Findings.Where(finding => finding.Severity == FindingSeverity.Blocks && finding.Id is "LXN003" or "LXN034")
                .Select(finding => finding.Seen));
    }

    [Fact]
    public void WhatEpollWatchesSinceTheDescriptorsWereReadHasNotEscaped()
    {
        Requirement.Root();
        Requirement.Tool("gcc");
        Requirement.Feature("cgroup-v1", Directory.Exists("/sys/fs/cgroup/memory"), "needs the version 1 memory hierarchy to put its containers in");
        using var made = StateContainer.Start("epoll_duplicated");
        var snapshot = SnapshotCollector.Collect(Container.FromPid(made.InitPid), CriuPlaces.Usual);
        var process = snapshot.Init;
        // As if the descriptor, and its copy, had been opened after the list of descriptors was read.
        var watched = process.Files.Where(file => file.Target.StartsWith("pipe:", StringComparison.Ordinal)).Select(file => file.Inode).ToHashSet();
        process.Files.RemoveAll(file => watched.Contains(file.Inode));
        EpollCollector.Collect([process]);
        Assert.All(process.Files, file => Assert.Empty(file.EscapedTargets));
    }

    [Fact]
    public void AHandleOfAProcessThatWasStartedSinceTheTreeWasReadIsOfNoOutsider()
    {
        Requirement.Root();
        Requirement.Tool("gcc");
        Requirement.Feature("cgroup-v1", Directory.Exists("/sys/fs/cgroup/memory"), "needs the version 1 memory hierarchy to put its containers in");
        using var made = StateContainer.Start("anonymous");
        var container = Container.FromPid(made.InitPid);
        Assert.NotEmpty(container.Processes.Children);
        // As if the tree had been read before its children were started.
        var findings = PreflightCheck.Run(container with { Processes = container.Processes with { Children = [] } }).Findings;
        Assert.DoesNotContain(findings, finding => finding.Id == "LXN035");
    }
}

using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>The three questions that the article on checkpointing LXC answers: what is found today, what criu says today, and what its old messages
/// meant.</summary>
public sealed class PreflightFaqTests
{
    [Fact]
    public void UnmountedPstore()
    {
        // criu has learnt of pstore since: mounted and empty it is no obstacle.
        var (findings, succeeded, _) = Try("mount_pstore");
        Assert.Empty(findings);
        Assert.True(succeeded);
        Explains("Error (mount.c:737): FS mnt /sys/fs/pstore dev 0x18 root / unsupported", "LXN070");
    }

    [Fact]
    public void DevConsole()
    {
        // criu keeps /dev/console since: there is a note that it will be the console of the host.
        var (findings, succeeded, _) = Try("device_console");
        Assert.Equal(("LXN042", FindingSeverity.Note), (Assert.Single(findings).Id, findings[0].Severity));
        Assert.True(succeeded);
        Explains("Error (tty.c:203): tty: Can't obtain ptmx index: Inappropriate ioctl for device", "LXN022");
    }

    [Fact]
    public void NetlinkSocketWithPendingMessages()
    {
        var (findings, succeeded, log) = Try("netlink_pending");
        var finding = Assert.Single(findings);
        Assert.Equal(("LXN050", FindingSeverity.Blocks), (finding.Id, finding.Severity));
        Assert.False(succeeded);
        Assert.Contains(finding.CriuMessage!, log, StringComparison.Ordinal);
        Explains("Error (sk-netlink.c:77): The socket has data to read", "LXN050");
    }

    private static (IReadOnlyList<Finding> Findings, bool Succeeded, string Log) Try(string state)
    {
        Requirement.Root();
        Requirement.Tool("gcc");
        Requirement.Feature("cgroup-v1", Directory.Exists("/sys/fs/cgroup/memory"), "needs the version 1 memory hierarchy to put its containers in");
        using var made = StateContainer.Start(state);
        if (made.Impossible is { } reason)
            Assert.Skip($"{state} cannot be made here: {reason}");
        var container = Container.FromPid(made.InitPid);
        var options = new CheckpointOptions();
        var findings = PreflightCheck.Run(container, options).Findings;
        var (succeeded, log) = CriuOracle.Dump(container, options, CriuInstallation.Find(CriuPlaces.Usual).CriuPath);
        return (findings, succeeded, log);
    }

    private static void Explains(string line, string rule) => Assert.Equal(rule, Assert.Single(CriuFailureMap.Explain([line])).Id);
}

using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>Nothing is executed between freeze and resume: the kernel's own record of every process that takes part says so.</summary>
public class FrozenWindowTests
{
    [Fact]
    public void NothingIsExecutedWhileTheContainerStandsStill()
    {
        var executed = Executed();
        Assert.True(executed.Count == 0, string.Join('\n', executed));
    }

    [Fact]
    public void WhatCriuWouldExecuteInsteadIsSeenByTheSameMeans()
    {
        var executed = Executed("--netns", "criu", "--tmpfs", "criu");
        Assert.Contains(executed, line => line.Contains("/tar ", StringComparison.Ordinal));
        Assert.Contains(executed, line => line.Contains("/ip ", StringComparison.Ordinal));
    }

    // A container with a veth and two tmpfs (/dev, /dev/shm).
    private static IReadOnlyList<string> Executed(params string[] more)
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        Requirement.Trace();
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge)] });
        using var place = new TemporaryDirectory();
        using var payload = container.ConnectPayload();
        var status = payload.RequireGoingOn();
        var mounts = File.ReadLines($"/proc/{container.InitPid}/mountinfo").Where(line => line.Contains(" - tmpfs ", StringComparison.Ordinal)).Select(line => line.Split(' ')[4]);
        Assert.Superset(new HashSet<string> { "/dev", "/dev/shm" }, mounts.ToHashSet());
        using var trace = new ExecutionTrace();
        trace.Run([LxcNativeCommand.Executable, "checkpoint", "--pid", $"{container.InitPid}", "-D", place["images"], "--leave-running", .. more]).OrThrow();
        payload.RequireGoingOn(status);
        return trace.ExecutedWhileFrozen();
    }
}

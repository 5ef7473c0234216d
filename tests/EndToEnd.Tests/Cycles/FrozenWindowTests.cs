using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>Nothing is executed between freeze and resume, and no garbage collected: the kernel's own record of every process that takes part says
/// so.</summary>
public class FrozenWindowTests
{
    [Fact]
    public void NothingIsExecutedWhileTheContainerStandsStill()
    {
        var executed = Trace().Frozen.Executed;
        Assert.True(executed.Count == 0, string.Join('\n', executed));
    }

    [Fact]
    public void WhatCriuWouldExecuteInsteadIsSeenByTheSameMeans()
    {
        var executed = Trace("--netns", "criu", "--tmpfs", "criu").Frozen.Executed;
        Assert.Contains(executed, line => line.Contains("/tar ", StringComparison.Ordinal));
        Assert.Contains(executed, line => line.Contains("/ip ", StringComparison.Ordinal));
    }

    [Fact]
    public void NoGarbageIsCollectedWhileTheContainerStandsStill()
    {
        var (before, frozen) = Trace();
        Assert.True(frozen.Collections.Count == 0, string.Join('\n', frozen.Collections));
        // The room for what follows is made beforehand, by a collection that is seen by the same means.
        Assert.NotEmpty(before.Collections);
    }

    // A container with a veth and two tmpfs (/dev, /dev/shm).
    private static (TracedEvents Before, TracedEvents Frozen) Trace(params string[] more)
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        Requirement.Trace();
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge)] });
        using var place = new TemporaryDirectory();
        using var payload = container.ConnectPayload();
        var status = payload.RequireGoingOn();
        var mounts = File.ReadLines($"/proc/{container.InitPid}/mountinfo").Where(line => line.Contains(" - tmpfs ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[4]);
        Assert.Superset(new HashSet<string> { "/dev", "/dev/shm" }, mounts.ToHashSet());
        using var trace = new ExecutionTrace();
        trace.Run([LxcNativeCommand.Executable, "checkpoint", "--pid", $"{container.InitPid}", "-D", place["images"], "--leave-running", .. more]).OrThrow();
        payload.RequireGoingOn(status);
        return trace.Read();
    }
}

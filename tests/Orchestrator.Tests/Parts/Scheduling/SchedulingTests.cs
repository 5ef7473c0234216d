using System.Text.Json;
using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Parts.Scheduling;
using LxcNative.Orchestrator.Tests.Preflight;
using LxcNative.Orchestrator.Timelines;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Parts.Scheduling;

/// <summary>What programs set for their threads is read, kept and given back.</summary>
public sealed class SchedulingTests
{
    [Fact]
    public void WhatAProgramSetIsReadAndNothingElse()
    {
        var (usual, set) = (Read("idle"), Read("scheduling"));
        Assert.Empty(usual);
        var one = Assert.Single(set);
        // Where the machine has one processor alone, that is no choice.
        Assert.Equal(Environment.ProcessorCount == 1 ? null : "0", one.Processors);
        Assert.Equal((1, (2 << 13) | 6, 0x11u), (one.Thread, one.IoPriority!.Value, one.CoreFilter!.Value));
        Assert.Equal(123456ul, one.TimerSlack!.Value);
    }

    [Fact]
    public void ThreadsOfAnotherContainerGetIt()
    {
        Require();
        using var made = StateContainer.Start("idle");
        var settings = new ThreadSettings(1, "0", (2 << 13) | 5, 70_000, 0x23);
        using var back = new SchedulingReturn(new SchedulingState { Threads = [settings, settings with { Thread = 77 }] }, new SpanRecorder());
        back.On(new CriuNotification("post-restore", null, null), made.InitPid);
        Assert.Empty(back.Shortfalls);
        Assert.Equal(Environment.ProcessorCount == 1 ? settings with { Processors = null } : settings,
            Assert.Single(ThreadReading.Take(Container.FromPid(made.InitPid))));
    }

    [Fact]
    public void WhatCannotBeSetIsTold()
    {
        Require();
        using var made = StateContainer.Start("idle");
        using var back = new SchedulingReturn(new SchedulingState { Threads = [new ThreadSettings(1, "4000", null, null, null)] }, new SpanRecorder());
        back.On(new CriuNotification("post-restore", null, null), made.InitPid);
        Assert.Contains("other processors than 4000: sched_setaffinity", Assert.Single(back.Shortfalls), StringComparison.Ordinal);
    }

    [Fact]
    public void ImagesOfBeforeHaveNone() => Assert.Empty(new SchedulingPart().Read(new PartStates(new Dictionary<string, JsonElement>())).Threads);

    private static List<ThreadSettings> Read(string state)
    {
        Require();
        using var made = StateContainer.Start(state);
        return ThreadReading.Take(Container.FromPid(made.InitPid));
    }

    private static void Require()
    {
        Requirement.Root();
        Requirement.Tool("gcc");
        Requirement.Feature("cgroup-v1", Directory.Exists("/sys/fs/cgroup/memory"), "needs the version 1 memory hierarchy to put its containers in");
    }
}

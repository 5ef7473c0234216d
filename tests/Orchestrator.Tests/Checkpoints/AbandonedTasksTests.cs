using System.Diagnostics;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Tests.Checkpoints;

public sealed class AbandonedTasksTests
{
    [Theory]
    [InlineData('S', false, 0, 0ul, true)]
    [InlineData('T', false, 0, 0ul, true)]
    [InlineData('Z', false, 0, 0ul, true)]
    [InlineData('R', false, 0, 0ul, false)]
    [InlineData('R', false, 0, 1_000_000ul, false)]
    [InlineData('R', false, 0, 50_000_000ul, true)]
    [InlineData('D', false, 0, 10ul, false)]
    [InlineData('S', true, 0, 60_000_000ul, false)]
    [InlineData('t', false, 12, 60_000_000ul, false)]
    public void ThreadHasGoneOnWhenItWaitsOrHasRun(char state, bool isDumping, int tracer, ulong ran, bool isSettled) =>
        Assert.Equal(isSettled, AbandonedTasks.IsSettled(Status(state) with { IsDumpingCore = isDumping, TracerPid = tracer }, ran));

    [Fact]
    public void ThreadWhoseTimeIsNotCountedIsWaitedFor() => Assert.False(AbandonedTasks.IsSettled(Status('R'), null));

    [Fact]
    public void ProcessThatDiesIsMissingAfterwards()
    {
        // It is stopped where it is to be looked at, and dies as soon as it runs: what a task at a breakpoint of criu's does.
        using var process = Process.Start("sh", ["-c", "kill -STOP $$; kill -TRAP $$"]);
        while (ProcStatus.Read(process.Id).State != 'T')
            Thread.Sleep(1);
        var container = SampleContainer.Make() with
        {
            InitPid = Environment.ProcessId,
            InitStartTime = ProcStat.Read(Environment.ProcessId).StartTimeTicks,
            Processes = new ContainerProcess(process.Id, 1, "sh", 'S', [process.Id], []),
        };
        Assert.Empty(ContainerHealth.Missing(container));
        Assert.Equal(0, Mono.Unix.Native.Syscall.kill(process.Id, Mono.Unix.Native.Signum.SIGCONT));
        AbandonedTasks.Settle(container);
        Assert.Contains($"process {process.Id} (sh)", Assert.Single(ContainerHealth.Missing(container)), StringComparison.Ordinal);
        process.WaitForExit();
    }

    private static ProcStatus Status(char state) => new()
    {
        Name = "task",
        State = state,
        Tgid = 1,
        Pid = 1,
        PPid = 0,
        TracerPid = 0,
        Uid = [0, 0, 0, 0],
        Gid = [0, 0, 0, 0],
    };
}

using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using Mono.Unix.Native;

namespace LxcNative.Native.Tests.ProcessControl;

public class CurrentProcessTests
{
    [Fact]
    public void IdsAreTheOracles()
    {
        Assert.Equal(Syscall.getpid(), CurrentProcess.Id);
        Assert.Equal(Syscall.getppid(), CurrentProcess.ParentId);
        Assert.Equal(Syscall.geteuid(), CurrentProcess.EffectiveUserId);
        Assert.Contains(CurrentProcess.ThreadId, ProcessThreads.Read(CurrentProcess.Id));
    }

    [Fact]
    public void CapabilitiesAreTheKernels() => Assert.Equal(ProcStatus.Read(CurrentProcess.Id).CapEff, CurrentProcess.EffectiveCapabilities);

    [Fact]
    public void ThreadIsNamed()
    {
        // A thread of its own: the name would stay with one of the pool.
        var comm = NamespaceThread.Run(() =>
        {
            CurrentProcess.SetName("a) name too long to fit");
            return ProcStat.ReadThread(CurrentProcess.Id, CurrentProcess.ThreadId).Comm;
        });
        Assert.Equal("a) name too lon", comm);
    }

    [Fact]
    public void ParentDeathSignalIsTakenAndCleared()
    {
        CurrentProcess.SetParentDeathSignal(Signal.WindowChange);
        CurrentProcess.SetParentDeathSignal(Signal.None);
        Assert.Throws<LxcNative.Native.Errors.SyscallException>(() => CurrentProcess.SetParentDeathSignal((Signal)1000));
    }

    [Fact]
    public void MonotonicClockIsTheRuntimes()
    {
        // Stopwatch reads the same clock.
        var before = System.Diagnostics.Stopwatch.GetTimestamp();
        var mine = MonotonicClock.Nanoseconds();
        var microseconds = MonotonicClock.Microseconds();
        var after = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.InRange(mine, before, after);
        Assert.InRange(microseconds, before / 1000, after / 1000);
    }
}

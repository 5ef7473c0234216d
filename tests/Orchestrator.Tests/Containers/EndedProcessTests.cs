using LxcNative.Native.Cgroups;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Locking;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Containers;

/// <summary>A process that nobody has waited for is there, with its pid, start time and cgroups, and runs no more.</summary>
public sealed class EndedProcessTests
{
    [Fact]
    public void AnInitThatHasEndedIsNoContainerThatRuns()
    {
        Requirement.Root();
        // In those of version 1 it is at the top by then.
        var hierarchy = File.Exists("/sys/fs/cgroup/cgroup.procs") ? "/sys/fs/cgroup" : "/sys/fs/cgroup/unified";
        Requirement.Feature("cgroups of version 2", File.Exists($"{hierarchy}/cgroup.procs"), "needs cgroup version 2");
        var name = $"lxnt{Guid.NewGuid():N}"[..16];
        var cgroup = new CgroupDirectory($"{hierarchy}/lxc.payload.{name}");
        cgroup.Create();
        try
        {
            using var ended = new UnawaitedProcess($"echo $BASHPID >{cgroup.Path}/cgroup.procs");
            Assert.Contains(CgroupMembership.Read(ended.Pid).Entries, entry => entry.Path.Contains(name, StringComparison.Ordinal));
            Assert.Null(UnattendedContainer.ProcessOf(name, "/var/lib/lxc"));
        }
        finally
        {
            cgroup.RemoveTree();
        }
    }

    [Fact]
    public void TheHolderOfALockThatHasEndedHoldsNone()
    {
        using var ended = new UnawaitedProcess();
        Assert.False(new LockRecord(NetworkLockMethod.NfTables, "lxcnative-lock-a", true, ended.Pid, ended.StartTime, "bash").IsHeld);
        Assert.True(LockRecord.Of(NetworkLockMethod.NfTables, "lxcnative-lock-a", true).IsHeld);
    }

    [Theory]
    [InlineData('Z', 1, true)]
    [InlineData('Z', 2, false)]
    [InlineData('X', 1, true)]
    [InlineData('S', 1, false)]
    public void OneWhoseFirstThreadAloneHasEndedRunsOn(char state, int threads, bool hasEnded) =>
        Assert.Equal(hasEnded, (ProcStat.Read(Environment.ProcessId) with { State = state, ThreadCount = threads }).HasEnded);
}

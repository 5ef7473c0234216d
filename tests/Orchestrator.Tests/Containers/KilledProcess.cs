using System.Diagnostics;
using LxcNative.Native.Cgroups;
using LxcNative.Native.Procfs;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Containers;

/// <summary>A process that can be killed without getting to its end: a frozen cgroup of version 1 holds it for as long as it takes.</summary>
internal sealed class KilledProcess : IDisposable
{
    private readonly Process _process = Process.Start("sleep", "600");
    private readonly CgroupDirectory _cgroup = new($"/sys/fs/cgroup/freezer/lxcnative-test-{Guid.NewGuid():N}");

    public KilledProcess()
    {
        Requirement.Root();
        Requirement.Feature("freezer", Directory.Exists("/sys/fs/cgroup/freezer"), "needs the freezer of cgroup v1");
        _cgroup.Create();
        _cgroup.AddProcess(_process.Id);
    }

    public int Pid => _process.Id;

    /// <summary>Freezes it, and kills it.</summary>
    public void Kill()
    {
        Set("FROZEN");
        while (File.ReadAllText($"{_cgroup.Path}/freezer.state").Trim() != "FROZEN")
            Thread.Sleep(5);
        _process.Kill();
        while (!ProcStatus.Read(Pid).IsKilled)
            Thread.Sleep(5);
    }

    /// <summary>Lets it get to its end.</summary>
    public void End()
    {
        Set("THAWED");
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        End();
        _process.Dispose();
        for (var tries = 0; ; tries++)
        {
            try
            {
                _cgroup.RemoveTree();
                return;
            }
            catch (Native.Errors.SyscallException) when (tries < 100)
            {
                Thread.Sleep(10);
            }
        }
    }

    private void Set(string state) => File.WriteAllText($"{_cgroup.Path}/freezer.state", state);
}

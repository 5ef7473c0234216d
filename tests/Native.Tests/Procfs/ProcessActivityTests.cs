using System.Diagnostics;
using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Tests.Procfs;

public sealed class ProcessActivityTests
{
    [Fact]
    public void OneThatSleepsDoesNothingAndItsChildrenCount()
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "sleep 1000 & sleep 1000; :"]))!;
        try
        {
            SpinWait.SpinUntil(() => ProcessActivity.Read(shell.Id).Processes == 3, TimeSpan.FromSeconds(30));
            // Once they wait, whatever came before.
            SpinWait.SpinUntil(() => Settled(shell.Id), TimeSpan.FromSeconds(30));
            var before = ProcessActivity.Read(shell.Id);
            Assert.Equal(3, before.Processes);
            Thread.Sleep(50);
            Assert.Equal(before, ProcessActivity.Read(shell.Id));
        }
        finally
        {
            shell.Kill(entireProcessTree: true);
            shell.WaitForExit();
        }

        Assert.Throws<SyscallException>(() => ProcessActivity.Read(shell.Id));
    }

    [Fact]
    public void OneThatReadsDoesSomething()
    {
        var before = ProcessActivity.Read(Environment.ProcessId);
        _ = File.ReadAllText("/proc/self/status");
        Assert.True(ProcessActivity.Read(Environment.ProcessId).Calls > before.Calls);
    }

    private static bool Settled(int pid)
    {
        var first = ProcessActivity.Read(pid);
        Thread.Sleep(50);
        return first == ProcessActivity.Read(pid);
    }
}

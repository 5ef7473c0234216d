using LxcNative.Native.Errors;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Tests.Criu;

/// <summary>A child that sleeps in a session of its own, on /dev/null: the least there is to dump.</summary>
internal sealed class SleepingChild : IDisposable
{
    private SleepingChild(int pid) => Pid = pid;

    public int Pid { get; }

    public static SleepingChild Start() => Start("/bin/sleep", "sleep", "600");

    /// <summary>One in a network namespace of its own: only then does criu lock and unlock.</summary>
    public static SleepingChild StartInOwnNetwork() => Start("/usr/bin/unshare", "unshare", "--net", "/bin/sleep", "600");

    private static SleepingChild Start(string path, params string[] arguments)
    {
        var pid = Spawn.Start(new SpawnRequest { Path = path, Arguments = arguments, NewSession = true, WorkingDirectory = "/" });
        // Not the dynamic loader, which criu would dump as well but at another place each time.
        while (File.ReadAllText($"/proc/{pid}/wchan") is var where && !where.Contains("nanosleep", StringComparison.Ordinal))
            Thread.Yield();
        return new SleepingChild(pid);
    }

    /// <summary>Takes over a child that a restore has made.</summary>
    public static SleepingChild Adopt(int pid) => new(pid);

    public ChildExit Wait() => ChildProcess.Wait(Pid);

    public void Dispose()
    {
        try
        {
            if (ChildProcess.TryWait(Pid) is not null)
                return;
            using var handle = ProcessHandle.Open(Pid);
            handle.SendSignal(Signal.Kill);
            ChildProcess.Wait(Pid);
        }
        catch (SyscallException gone) when (gone.Errno == Errno.ECHILD)
        {
            // The test has waited for it.
        }
    }
}

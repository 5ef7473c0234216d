using LxcNative.Native.Errors;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Criu;

/// <summary>Ends a criu that would wait for ever for the end of a restore that failed.</summary>
/// <remarks>When something fails between attaching to all tasks and letting them go, criu kills the root and waits for it. The root of a pid
/// namespace ends after all others, and those are traced by criu, which alone could reap them and waits (criu/cr-restore.c,
/// out_kill_network_unlocked). With criu's end they are the root's again.</remarks>
internal sealed class CriuRestoreWatch : IDisposable
{
    // include/linux/sched.h: getting shut down. Not of the user's headers, but shown by proc_pid_stat(5).
    private const uint PF_EXITING = 0x00000004;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Timer _timer;
    private readonly CriuCall _call;
    private readonly int _thread = CurrentProcess.ThreadId;
    private long _endingSince;

    /// <summary>Watches over a call that this thread is about to make.</summary>
    public CriuRestoreWatch(CriuCall call)
    {
        _call = call;
        _timer = new Timer(_ => Look(), null, Interval, Interval);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // Not while it looks: the next child of this thread is none of its business.
        using var done = new ManualResetEvent(false);
        if (_timer.Dispose(done))
            done.WaitOne();
    }

    private void Look()
    {
        if (_call.RootPid is not { } root || !IsEnding(root))
            _endingSince = 0;
        else if (_endingSince == 0)
            _endingSince = Environment.TickCount64;
        else if (Environment.TickCount64 - _endingSince > Patience.TotalMilliseconds)
            EndCriu(root);
    }

    private static bool IsEnding(int root)
    {
        try
        {
            var stat = ProcStat.Read(root);
            return stat.State is 'Z' or 'X' || (stat.Flags & PF_EXITING) != 0;
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            // criu has reaped it: it goes on by itself.
            return false;
        }
    }

    // libcriu forks criu on the calling thread, and does not tell its pid.
    private void EndCriu(int root)
    {
        foreach (var child in ProcessThreads.ReadChildren(Environment.ProcessId, _thread).Where(pid => pid != root))
        {
            try
            {
                using var criu = ProcessHandle.Open(child);
                criu.SendSignal(Signal.Kill);
            }
            catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
            {
                // It has ended by itself.
            }
        }
    }
}

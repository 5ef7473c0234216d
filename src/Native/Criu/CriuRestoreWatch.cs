using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Criu;

/// <summary>Ends a criu that would wait for ever for the end of a restore that failed.</summary>
/// <remarks>When something fails between attaching to all tasks and letting them go, criu kills the root and waits for it. The root of a pid
/// namespace ends after all others, and those are traced by criu, which alone could reap them and waits (criu/cr-restore.c,
/// out_kill_network_unlocked). With criu's end they are the root's again. And a criu that was killed has helpers (criu/cgroup.c cgroupd) that
/// keep its socket open: libcriu would wait for its answer as long as they live.</remarks>
internal sealed class CriuRestoreWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), PatienceWithTheDead = TimeSpan.FromSeconds(1);
    private readonly Timer _timer;
    private readonly CriuCall _call;
    private readonly int _thread = CurrentProcess.ThreadId;
    private readonly string? _criuPath;
    private long _endingSince, _deadSince;

    /// <summary>Watches over a call that this thread is about to make.</summary>
    /// <param name="call">The call.</param>
    /// <param name="criuPath">The criu that it starts.</param>
    public CriuRestoreWatch(CriuCall call, string? criuPath)
    {
        _call = call;
        _criuPath = criuPath;
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
        if (_call.RootPid is { } root && HasLasted(IsEnding(root), ref _endingSince, Patience))
            Kill(Children().Where(pid => pid != root));
        // libcriu reaps it as soon as it has its answer, or has seen the end of its socket.
        if (HasLasted(Children().Any(pid => pid != _call.RootPid && IsEnding(pid)), ref _deadSince, PatienceWithTheDead))
            Kill(Helpers().Concat(_call.RootPid is { } half ? [half] : []));
    }

    private static bool HasLasted(bool isSo, ref long since, TimeSpan patience)
    {
        if (!isSo)
            since = 0;
        else if (since == 0)
            since = Environment.TickCount64;
        return isSo && Environment.TickCount64 - since > patience.TotalMilliseconds;
    }

    private static bool IsEnding(int root)
    {
        try
        {
            return ProcStat.Read(root).IsEnding;
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            // criu has reaped it: it goes on by itself.
            return false;
        }
    }

    // libcriu forks criu on the calling thread, and does not tell its pid.
    private IReadOnlyList<int> Children() => ProcessThreads.ReadChildren(Environment.ProcessId, _thread);

    // Whoever of this session runs criu's program: nobody's child any more, and no other criu's, since this process restores but once at a time.
    private IEnumerable<int> Helpers()
    {
        var session = ProcStat.Read(Environment.ProcessId).Session;
        return ProcessIds.Read().Where(pid => pid != Environment.ProcessId && IsHelper(pid, session));
    }

    private bool IsHelper(int pid, int session)
    {
        try
        {
            return ProcStat.Read(pid).Session == session && SymbolicLink.Read($"/proc/{pid}/exe") == _criuPath;
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            return false;
        }
    }

    private static void Kill(IEnumerable<int> pids)
    {
        foreach (var pid in pids)
        {
            try
            {
                using var process = ProcessHandle.Open(pid);
                process.SendSignal(Signal.Kill);
            }
            catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
            {
                // It has ended by itself.
            }
        }
    }
}

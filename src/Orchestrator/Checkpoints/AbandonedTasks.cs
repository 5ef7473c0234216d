using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>The tasks that a criu which died has let go: one that stood at a system call of criu's making goes on to a breakpoint, and dies of it,
/// but only when it gets a processor. Until each has run it is not known who is missing.</summary>
internal static class AbandonedTasks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Interval = TimeSpan.FromMilliseconds(5);

    // What criu leaves in the way of a task is a few instructions; but a virtual machine that is held up by its host counts that as the task's time.
    private const ulong Enough = 50_000_000;

    /// <summary>Waits until all have run by themselves, or have ended; ten seconds at most.</summary>
    public static void Settle(Container container)
    {
        var open = container.Processes.SelfAndDescendants().SelectMany(process => Threads(process.Pid)).ToList();
        for (var deadline = Deadline.After(Patience); !deadline.IsOver;)
        {
            open.RemoveAll(thread => IsSettled(thread.Pid, thread.ThreadId, thread.Ran));
            if (open.Count == 0)
                return;
            Thread.Sleep(Interval);
        }
    }

    /// <summary>Whether a thread has gone on: it waits for something, is held by others, or has run since.</summary>
    /// <param name="status">What it does now.</param>
    /// <param name="ran">For how long it has run on a processor since it was let go, in nanoseconds; null where that is not known.</param>
    public static bool IsSettled(ProcStatus status, ulong? ran) =>
        !status.IsDumpingCore && status.TracerPid == 0 && (status.State is not ('R' or 'D' or 't') || ran >= Enough);

    private static bool IsSettled(int pid, int threadId, ulong? before) => !ProcessGlance.Try(() =>
    {
        var status = ProcStatus.ReadThread(pid, threadId);
        return !IsSettled(status, ThreadRunTime.Read(pid, threadId) is { } now ? now - before : null);
    });

    private static List<(int Pid, int ThreadId, ulong? Ran)> Threads(int pid) =>
        ProcessGlance.Try(() => ProcessThreads.Read(pid).Select(thread => (pid, thread, ThreadRunTime.Read(pid, thread))).ToList()) ?? [];
}

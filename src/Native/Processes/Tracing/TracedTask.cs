using System.Diagnostics;
using System.Runtime.ExceptionServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Processes.Tracing;

/// <summary>A task that the calling thread traces, and that stands still (ptrace(2)). It goes on when it is let go, and when the tracer ends.</summary>
internal sealed unsafe class TracedTask
{
    /// <summary>The stop that PTRACE_INTERRUPT asks for: SIGTRAP and the event.</summary>
    public const int Stopped = Signals.SIGTRAP | Ptrace.PTRACE_EVENT_STOP << 8;

    /// <summary>The stop at a system call's begin or end, with PTRACE_O_TRACESYSGOOD.</summary>
    public const int AtCall = Signals.SIGTRAP | SystemCallStop;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // PTRACE_O_TRACESYSGOOD.
    private const int SystemCallStop = 0x80;
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);
    private int _last;

    private TracedTask(int id) => Id = id;

    /// <summary>The task: a thread's id.</summary>
    public int Id { get; }

    /// <summary>Why it stands still: <see cref="Stopped"/>, or another stop that was there before.</summary>
    public int WhyStopped { get; private set; }

    /// <summary>Stops a task, has something done with it, and lets it go on. On a thread of its own: the kernel takes requests from no other.</summary>
    /// <param name="id">The thread; nobody may trace it.</param>
    /// <param name="options">PTRACE_O_*.</param>
    /// <param name="work">What is done; the task is this thread's only until it returns.</param>
    /// <exception cref="SyscallException">EPERM: somebody traces it, or the caller may not. ESRCH: it has ended.</exception>
    public static T Run<T>(int id, int options, Func<TracedTask, T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = RunHere(id, options, work);
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        })
        {
            IsBackground = true,
            Name = "trace",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    /// <summary>One request.</summary>
    /// <exception cref="SyscallException">ptrace(2) failed.</exception>
    public void Request(int request, nuint address, void* data, string name) =>
        SyscallException.ThrowIfFailed((int)Libc.Ptrace(request, Id, address, data), $"ptrace {name}", $"task {Id}");

    /// <summary>Lets it go on until it stops again; a signal that it stands still for is its own.</summary>
    /// <exception cref="SyscallException">ptrace(2) failed.</exception>
    public void Resume(int request, string name) => Request(request, 0, (void*)Pending, name);

    /// <summary>Waits until it stands still.</summary>
    /// <returns>Why: the signal, and above it the event, as PTRACE_O_TRACESYSGOOD and PTRACE_SEIZE have them.</returns>
    /// <exception cref="SyscallException">ESRCH: it has ended. ETIME: it does not stop; one that waits for another that it shares its memory with (vfork(2))
    /// stops only after that.</exception>
    public int AwaitStop()
    {
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < Patience;)
        {
            if (TryAwaitStop() is { } stop)
                return stop;
            // It stops in some microseconds, where nobody else has the processor.
            if (Stopwatch.GetElapsedTime(begun) < Soon)
                Thread.SpinWait(20);
            else
                Thread.Sleep(1);
        }

        throw new SyscallException("wait4", $"task {Id}, which does not stop", Errno.ETIME);
    }

    // A signal that comes first is the task's.
    private int AwaitInterrupt()
    {
        var stop = AwaitStop();
        while (IsSignal(stop))
        {
            Resume(Ptrace.PTRACE_CONT, "PTRACE_CONT");
            stop = AwaitStop();
        }

        return stop;
    }

    private nint Pending => IsSignal(_last) ? _last : 0;

    // No event, and no end or begin of a system call.
    private static bool IsSignal(int stop) => stop >> 8 == 0 && (stop & SystemCallStop) == 0;

    private int? TryAwaitStop()
    {
        int status, result;
        do
            result = Libc.Wait4(Id, &status, Wait.__WALL | Wait.WNOHANG, null);
        while (result == -1 && Errno.Last == Errno.EINTR);
        if (SyscallException.ThrowIfFailed(result, "wait4", $"task {Id}") == 0)
            return null;
        const int stopped = 0x7f;
        return (status & 0xff) == stopped ? (_last = status >> 8) : throw new SyscallException("wait4", $"task {Id}, which ended", Errno.ESRCH);
    }

    private static T RunHere<T>(int id, int options, Func<TracedTask, T> work)
    {
        var task = new TracedTask(id);
        task.Request(Ptrace.PTRACE_SEIZE, 0, (void*)options, "PTRACE_SEIZE");
        try
        {
            task.Request(Ptrace.PTRACE_INTERRUPT, 0, null, "PTRACE_INTERRUPT");
            task.WhyStopped = task.AwaitInterrupt();
            return work(task);
        }
        finally
        {
            // Its end lets the task go as well. A signal that it stands still for is its own.
            _ = Libc.Ptrace(Ptrace.PTRACE_DETACH, id, 0, (void*)task.Pending);
        }
    }
}

using LxcNative.Native.Errors;
using LxcNative.Native.Interop;
using LxcNative.Native.Processes;

namespace LxcNative.Native.Procfs;

/// <summary>Reaping of children (wait4(2)).</summary>
internal static unsafe class ChildProcess
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until a child has ended, and reaps it.</summary>
    /// <param name="pid">The child; -1 for any, which takes children from whoever else waits in this process.</param>
    /// <exception cref="SyscallException">ECHILD: not a child, or reaped already.</exception>
    public static ChildExit Wait(int pid) => Wait(pid, 0)!.Value;

    /// <summary>Reaps a child if it has ended.</summary>
    /// <returns>Null while it runs.</returns>
    /// <inheritdoc cref="Wait(int)" path="/exception" />
    public static ChildExit? TryWait(int pid) => Wait(pid, Uapi.Wait.WNOHANG);

    /// <summary>Waits until a child has ended, kills it when its time is over or nobody waits for it any more, and reaps it.</summary>
    /// <param name="pid">The child.</param>
    /// <param name="patience">How long it may take; null for as long as it wants.</param>
    /// <param name="cancellation">Nobody waits for it any more.</param>
    /// <returns>Its end; null where it had to be killed. What it did in the last moment counts.</returns>
    /// <inheritdoc cref="Wait(int)" path="/exception" />
    public static ChildExit? WaitOrKill(int pid, TimeSpan? patience, CancellationToken cancellation = default)
    {
        using var process = ProcessHandle.Open(pid);
        var deadline = patience is { } time ? Deadline.After(time) : (Deadline?)null;
        var isOver = false;
        while (!isOver && deadline is not { IsOver: true } && !cancellation.IsCancellationRequested)
            isOver = process.WaitForExit(deadline is { } some && some.Left < LookAgain ? some.Left : LookAgain);
        if (!isOver)
            process.SendSignal(Signal.Kill);
        var end = Wait(pid);
        return isOver || end.Signal != Signal.Kill ? end : null;
    }

    private static ChildExit? Wait(int pid, int options)
    {
        int status, result;
        do
            result = Libc.Wait4(pid, &status, options | Uapi.Wait.__WALL, null);
        while (result == -1 && Errno.Last == Errno.EINTR);
        SyscallException.ThrowIfFailed(result, "wait4", $"pid {pid}");
        return result == 0 ? null : ChildExit.FromStatus(result, status);
    }
}

using LxcNative.Native.Errors;
using LxcNative.Native.Interop;

namespace LxcNative.Native.Procfs;

/// <summary>Reaping of children (wait4(2)).</summary>
internal static unsafe class ChildProcess
{
    /// <summary>Waits until a child has ended, and reaps it.</summary>
    /// <param name="pid">The child; -1 for any, which takes children from whoever else waits in this process.</param>
    /// <exception cref="SyscallException">ECHILD: not a child, or reaped already.</exception>
    public static ChildExit Wait(int pid) => Wait(pid, 0)!.Value;

    /// <summary>Reaps a child if it has ended.</summary>
    /// <returns>Null while it runs.</returns>
    /// <inheritdoc cref="Wait(int)" path="/exception" />
    public static ChildExit? TryWait(int pid) => Wait(pid, Uapi.Wait.WNOHANG);

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

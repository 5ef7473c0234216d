using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Files;

/// <summary>flock(2): a lock of the open file, shared by its duplicates and gone when the last of them is closed.</summary>
internal static class FileLock
{
    /// <summary>Waits for a lock.</summary>
    /// <param name="descriptor">The file; stays the caller's.</param>
    /// <param name="shared">Whether others may hold a shared lock besides.</param>
    /// <exception cref="SyscallException">flock(2) failed.</exception>
    public static void Lock(FileDescriptor descriptor, bool shared = false) => Call(descriptor, shared ? Fcntl.LOCK_SH : Fcntl.LOCK_EX);

    /// <summary>Takes a lock if it is free.</summary>
    /// <returns>False when somebody else holds it.</returns>
    /// <exception cref="SyscallException">flock(2) failed otherwise.</exception>
    public static bool TryLock(FileDescriptor descriptor, bool shared = false) =>
        Call(descriptor, (shared ? Fcntl.LOCK_SH : Fcntl.LOCK_EX) | Fcntl.LOCK_NB);

    /// <summary>Gives a lock back.</summary>
    /// <exception cref="SyscallException">flock(2) failed.</exception>
    public static void Unlock(FileDescriptor descriptor) => Call(descriptor, Fcntl.LOCK_UN);

    private static bool Call(FileDescriptor descriptor, int operation)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        int result;
        do
            result = Libc.Flock(descriptor, operation);
        while (result == -1 && Errno.Last == Errno.EINTR);
        // EWOULDBLOCK is EAGAIN.
        if (result == -1 && Errno.Last == Errno.EAGAIN && (operation & Fcntl.LOCK_NB) != 0)
            return false;
        SyscallException.ThrowIfFailed(result, "flock", $"descriptor {descriptor.Number}");
        return true;
    }
}

using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Files;

/// <summary>posix_fadvise(2): what will be read of a file, and what will not.</summary>
internal static class FileAdvice
{
    // Of a longer range the kernel starts the first part only (mm/readahead.c: one read-ahead window, 128 KiB by default).
    private const long Window = 128 * 1024;

    /// <summary>Has the kernel read a file into its cache. Returns when all of it is asked for, which is about when most of it is read; what is cached already
    /// costs little.</summary>
    /// <param name="descriptor">Open for reading; stays the caller's.</param>
    /// <param name="length">How much of it, in bytes from its start.</param>
    /// <param name="cancellation">Stops between two parts of 128 KiB, without an exception.</param>
    /// <exception cref="SyscallException">ESPIPE: it is a pipe.</exception>
    public static void WillNeed(FileDescriptor descriptor, long length, CancellationToken cancellation = default)
    {
        using var lease = new DescriptorLease(descriptor);
        for (long offset = 0; offset < length && !cancellation.IsCancellationRequested; offset += Window)
        {
            // Returns the error, unlike others, and leaves errno alone.
            var error = LibC.posix_fadvise(lease.Number, offset, Math.Min(Window, length - offset), Fcntl.POSIX_FADV_WILLNEED);
            if (error != 0)
                throw new SyscallException("posix_fadvise", $"descriptor {lease.Number}", (Errno)error);
        }
    }

    /// <summary>Has the kernel forget what it has cached of a file and nobody has changed: of what is allocated and was never
    /// written, it calls a hole what is not cached. That it cannot be told does not matter.</summary>
    /// <param name="descriptor">Open for reading; stays the caller's.</param>
    public static void DoNotNeed(FileDescriptor descriptor)
    {
        using var lease = new DescriptorLease(descriptor);
        _ = LibC.posix_fadvise(lease.Number, 0, 0, Fcntl.POSIX_FADV_DONTNEED);
    }
}

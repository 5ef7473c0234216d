using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using Tmds.Linux;

namespace LxcNative.Native.Memory;

/// <summary>The memory of another process (proc_pid_mem(5)), also what it may not read itself.</summary>
internal static unsafe class ForeignMemory
{
    /// <summary>Opens it: the address space that the process has now, also when it begins another program.</summary>
    /// <returns>The caller's to dispose.</returns>
    /// <exception cref="SyscallException">ENOENT or ESRCH: it has ended; EACCES: it may not be traced.</exception>
    public static FileDescriptor Open(int pid) => FileOpen.Open($"/proc/{pid}/mem", OpenFlags.ReadOnly);

    /// <summary>Reads some of it.</summary>
    /// <param name="memory">From <see cref="Open"/>.</param>
    /// <param name="address">From where.</param>
    /// <param name="into">Gets it.</param>
    /// <returns>How many bytes: fewer where a page cannot be read, 0 where the first cannot.</returns>
    /// <exception cref="SyscallException">pread(2) failed otherwise.</exception>
    public static int Read(FileDescriptor memory, ulong address, Span<byte> into)
    {
        using var lease = new DescriptorLease(memory);
        var done = 0;
        while (done < into.Length)
        {
            ssize_t read;
            fixed (byte* start = into)
                read = LibC.pread(lease.Number, start + done, (size_t)(uint)(into.Length - done), (long)(address + (ulong)done));
            if ((int)read == -1 && Errno.Last == Errno.EINTR)
                continue;
            if ((int)read == 0 || (int)read == -1 && Errno.Last is Errno.EIO or Errno.EFAULT)
                break;
            done += SyscallException.ThrowIfFailed((int)read, "pread", $"memory at {address + (ulong)done:x}");
        }

        return done;
    }
}

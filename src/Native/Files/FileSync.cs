using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using Tmds.Linux;

namespace LxcNative.Native.Files;

/// <summary>fsync(2) and syncfs(2): what was written is on the device when these return.</summary>
internal static class FileSync
{
    /// <summary>Writes out a file, or a directory's names. The descriptor stays the caller's; O_PATH is not enough.</summary>
    /// <exception cref="SyscallException">fsync(2) failed: what was written may be lost, and trying again does not tell.</exception>
    public static void Sync(FileDescriptor descriptor)
    {
        using var lease = new DescriptorLease(descriptor);
        int result;
        do
            result = LibC.fsync(lease.Number);
        while (result == -1 && Errno.Last == Errno.EINTR);
        SyscallException.ThrowIfFailed(result, "fsync", $"descriptor {lease.Number}");
    }

    /// <summary>Writes out the whole file system that a file is on. The descriptor stays the caller's.</summary>
    /// <exception cref="SyscallException">syncfs(2) failed; write errors are told from Linux 5.8 on.</exception>
    public static void SyncFileSystem(FileDescriptor descriptor)
    {
        using var lease = new DescriptorLease(descriptor);
        SyscallException.ThrowIfFailed(LibC.syncfs(lease.Number), "syncfs", $"descriptor {lease.Number}");
    }
}

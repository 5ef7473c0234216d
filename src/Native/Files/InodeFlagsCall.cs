using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Files;

/// <summary>ioctl_iflags(2).</summary>
internal static unsafe class InodeFlagsCall
{
    /// <summary>Reads the flags of a file or directory.</summary>
    /// <param name="descriptor">Open, not O_PATH; stays the caller's.</param>
    /// <exception cref="SyscallException">ENOTTY or EOPNOTSUPP: the file system has none.</exception>
    public static InodeFlags Read(FileDescriptor descriptor)
    {
        int flags;
        SyscallException.ThrowIfFailed(Libc.Ioctl(descriptor, (nuint)Fs.FS_IOC_GETFLAGS, &flags), "ioctl FS_IOC_GETFLAGS", $"descriptor {descriptor.Number}");
        return (InodeFlags)flags;
    }

    /// <summary>Writes the flags.</summary>
    /// <param name="descriptor">Open, not O_PATH; stays the caller's.</param>
    /// <param name="flags">All flags, as read and changed.</param>
    /// <exception cref="SyscallException">ENOTTY or EOPNOTSUPP: the file system does not have them; EPERM: neither owner nor CAP_FOWNER.</exception>
    public static void Write(FileDescriptor descriptor, InodeFlags flags)
    {
        var value = (int)flags;
        SyscallException.ThrowIfFailed(Libc.Ioctl(descriptor, (nuint)Fs.FS_IOC_SETFLAGS, &value), "ioctl FS_IOC_SETFLAGS", $"descriptor {descriptor.Number}");
    }
}

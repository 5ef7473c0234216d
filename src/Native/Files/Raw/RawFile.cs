using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Files.Raw;

/// <summary>Makes and removes files in an open directory. Each call takes the path that an exception shows; the descriptors stay the caller's.</summary>
internal static unsafe class RawFile
{
    /// <summary>Makes a directory.</summary>
    /// <returns>False when there is something of that name.</returns>
    /// <exception cref="SyscallException">mkdirat(2) failed otherwise.</exception>
    public static bool TryMakeDirectory(FileDescriptor directory, ReadOnlySpan<byte> name, uint mode, ReadOnlySpan<byte> shown)
    {
        fixed (byte* bytes = RawPath.Terminated(name))
        {
            if (Libc.MakeDirectoryAt(directory, bytes, mode) == 0)
                return true;
        }

        return Errno.Last == Errno.EEXIST ? false : throw RawPath.Failure("mkdirat", shown);
    }

    /// <summary>Makes a directory.</summary>
    /// <exception cref="SyscallException">mkdirat(2) failed.</exception>
    public static void MakeDirectory(FileDescriptor directory, ReadOnlySpan<byte> name, uint mode, ReadOnlySpan<byte> shown)
    {
        fixed (byte* bytes = RawPath.Terminated(name))
            RawPath.Check(Libc.MakeDirectoryAt(directory, bytes, mode), "mkdirat", shown);
    }

    /// <summary>Makes a named pipe, a socket or a device.</summary>
    /// <exception cref="SyscallException">mknodat(2) failed.</exception>
    public static void MakeNode(FileDescriptor directory, ReadOnlySpan<byte> name, FileType type, uint mode, DeviceNumber device, ReadOnlySpan<byte> shown)
    {
        fixed (byte* bytes = RawPath.Terminated(name))
            RawPath.Check(Libc.MakeNodeAt(directory, bytes, (uint)type | mode, device.Value), "mknodat", shown);
    }

    /// <summary>Makes a symbolic link.</summary>
    /// <exception cref="SyscallException">symlinkat(2) failed.</exception>
    public static void MakeSymbolicLink(FileDescriptor directory, ReadOnlySpan<byte> name, ReadOnlySpan<byte> target, ReadOnlySpan<byte> shown)
    {
        fixed (byte* bytes = RawPath.Terminated(name), targetBytes = RawPath.Terminated(target))
            RawPath.Check(Libc.SymlinkAt(targetBytes, directory, bytes), "symlinkat", shown);
    }

    /// <summary>Gives an open file another name.</summary>
    /// <exception cref="SyscallException">linkat(2) failed.</exception>
    public static void Link(FileDescriptor file, FileDescriptor directory, ReadOnlySpan<byte> name, ReadOnlySpan<byte> shown)
    {
        byte empty = 0;
        fixed (byte* bytes = RawPath.Terminated(name))
            RawPath.Check(Libc.LinkAt(file, &empty, directory, bytes, Fcntl.AT_EMPTY_PATH), "linkat", shown);
    }

    /// <summary>Removes whatever has a name and is no directory, if there is anything.</summary>
    /// <exception cref="SyscallException">unlinkat(2) failed; EISDIR for a directory.</exception>
    public static void Remove(FileDescriptor directory, ReadOnlySpan<byte> name, ReadOnlySpan<byte> shown)
    {
        fixed (byte* bytes = RawPath.Terminated(name))
        {
            if (Libc.UnlinkAt(directory, bytes, 0) < 0 && Errno.Last != Errno.ENOENT)
                throw RawPath.Failure("unlinkat", shown);
        }
    }

    /// <summary>Removes an empty directory.</summary>
    /// <exception cref="SyscallException">unlinkat(2) failed.</exception>
    public static void RemoveDirectory(FileDescriptor directory, ReadOnlySpan<byte> name, ReadOnlySpan<byte> shown)
    {
        fixed (byte* bytes = RawPath.Terminated(name))
            RawPath.Check(Libc.UnlinkAt(directory, bytes, Fcntl.AT_REMOVEDIR), "unlinkat", shown);
    }
}

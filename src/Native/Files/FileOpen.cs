using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Files;

/// <summary>open(2), openat(2) and openat2(2). Every descriptor is the caller's to dispose and is close-on-exec.</summary>
public static unsafe class FileOpen
{
    /// <summary>Opens a path.</summary>
    /// <param name="path">Absolute, or relative to the working directory.</param>
    /// <param name="flags">How.</param>
    /// <param name="mode">Permission bits of a file that is created; the umask is taken off.</param>
    /// <exception cref="SyscallException">open(2) failed.</exception>
    public static FileDescriptor Open(string path, OpenFlags flags, uint mode = 0) => new(OpenNumber(path, flags, mode));

    /// <summary>Opens a path relative to a directory.</summary>
    /// <exception cref="SyscallException">openat(2) failed.</exception>
    public static FileDescriptor OpenAt(FileDescriptor directory, string path, OpenFlags flags, uint mode = 0)
    {
        using var lease = new DescriptorLease(directory);
        fixed (byte* bytes = CString.From(path))
            return Own(OpenAt(lease.Number, bytes, flags, mode), "openat", $"\"{path}\" in descriptor {lease.Number}");
    }

    /// <summary>Opens a path relative to a directory, with limits on how it is resolved.</summary>
    /// <exception cref="SyscallException">openat2(2) failed.</exception>
    public static FileDescriptor OpenAt2(FileDescriptor directory, string path, OpenFlags flags, ResolveFlags resolve, uint mode = 0)
    {
        using var lease = new DescriptorLease(directory);
        fixed (byte* bytes = CString.From(path))
            return Own(OpenAt2(lease.Number, bytes, flags, resolve, mode), "openat2", $"\"{path}\" in descriptor {lease.Number}");
    }

    /// <summary>Opens a directory as a place only (O_PATH|O_DIRECTORY|O_NOFOLLOW): nothing can be listed through it.</summary>
    /// <exception cref="SyscallException">open(2) failed.</exception>
    public static FileDescriptor DirectoryPlace(string path) => Open(path, OpenFlags.Path | OpenFlags.Directory | OpenFlags.NoFollow);

    /// <summary>The same as a plain number, for whoever closes it within the same method.</summary>
    internal static int OpenNumber(string path, OpenFlags flags, uint mode = 0)
    {
        int result;
        fixed (byte* bytes = CString.From(path))
            result = OpenAt(Fcntl.AT_FDCWD, bytes, flags, mode);
        return result != -1 ? result : SyscallException.ThrowIfFailed(result, "open", $"\"{path}\"");
    }

    internal static int OpenAt(int directory, byte* path, OpenFlags flags, uint mode = 0)
    {
        int result;
        do
            result = LibC.openat(directory, path, ForKernel(flags), (ushort)mode);
        while (result == -1 && Errno.Last == Errno.EINTR);
        return result;
    }

    internal static int OpenAt2(int directory, byte* path, OpenFlags flags, ResolveFlags resolve, uint mode)
    {
        var how = new open_how { flags = (ulong)ForKernel(flags), mode = mode, resolve = (ulong)resolve };
        // EAGAIN: a rename or mount raced with the resolution and the kernel could not tell whether ".." escaped (openat2(2)).
        var attempts = 0;
        int result;
        do
            result = LibC.openat2(directory, path, &how, sizeof(open_how));
        while (result == -1 && (Errno.Last == Errno.EINTR || (Errno.Last == Errno.EAGAIN && (resolve & ResolveFlags.Cached) == 0 && ++attempts < 64)));
        return result;
    }

    // Two flags have other bits on arm64 (asm/fcntl.h); those of the enumeration are x86's.
    internal static int ForKernel(OpenFlags flags)
    {
        var bits = (int)(flags | OpenFlags.CloseOnExec);
        if (RuntimeInformation.ProcessArchitecture != Architecture.Arm64)
            return bits;
        return (bits & ~(Fcntl.O_DIRECTORY | Fcntl.O_NOFOLLOW))
            | ((bits & Fcntl.O_DIRECTORY) != 0 ? Fcntl.O_DIRECTORY_ARM64 : 0)
            | ((bits & Fcntl.O_NOFOLLOW) != 0 ? Fcntl.O_NOFOLLOW_ARM64 : 0);
    }

    private static FileDescriptor Own(int result, string operation, string target) =>
        new(SyscallException.ThrowIfFailed(result, operation, target));
}

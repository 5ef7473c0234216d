using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Files;

/// <summary>mkdir(2) and rmdir(2).</summary>
internal static unsafe class Directories
{
    /// <summary>Makes a directory.</summary>
    /// <param name="path">Its path; the parent must exist.</param>
    /// <param name="mode">Permission bits; the umask is taken off.</param>
    /// <exception cref="SyscallException">mkdir(2) failed; EEXIST when there is anything of that name.</exception>
    public static void Create(string path, uint mode)
    {
        fixed (byte* bytes = CString.From(path))
            SyscallException.ThrowIfFailed(LibC.mkdir(bytes, (ushort)mode), "mkdir", $"\"{path}\"");
    }

    /// <summary>Makes a directory in a directory.</summary>
    /// <inheritdoc cref="Create" path="/exception" />
    public static void CreateAt(FileDescriptor directory, string path, uint mode)
    {
        using var lease = new DescriptorLease(directory);
        fixed (byte* bytes = CString.From(path))
            SyscallException.ThrowIfFailed(LibC.mkdirat(lease.Number, bytes, (ushort)mode), "mkdirat", $"\"{path}\" in descriptor {lease.Number}");
    }

    /// <summary>Removes an empty directory.</summary>
    /// <exception cref="SyscallException">rmdir(2) failed.</exception>
    public static void Remove(string path)
    {
        fixed (byte* bytes = CString.From(path))
            SyscallException.ThrowIfFailed(LibC.rmdir(bytes), "rmdir", $"\"{path}\"");
    }

    /// <summary>Removes an empty directory from a directory.</summary>
    /// <exception cref="SyscallException">unlinkat(2) failed.</exception>
    public static void RemoveAt(FileDescriptor directory, string path)
    {
        using var lease = new DescriptorLease(directory);
        fixed (byte* bytes = CString.From(path))
            SyscallException.ThrowIfFailed(LibC.unlinkat(lease.Number, bytes, Fcntl.AT_REMOVEDIR), "unlinkat", $"\"{path}\" in descriptor {lease.Number}");
    }
}

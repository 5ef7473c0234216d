using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using System.Text;

namespace LxcNative.Orchestrator.TmpfsState.Interop;

/// <summary>Opens and describes paths made of bytes, below a directory and never out of it: no symbolic link is followed, no mount crossed.</summary>
internal static unsafe class FilePath
{
    private const ResolveFlags Confined = ResolveFlags.Beneath | ResolveFlags.NoSymbolicLinks | ResolveFlags.NoMagicLinks | ResolveFlags.NoMountCrossing;

    /// <summary>Opens a path below a directory.</summary>
    /// <param name="root">The directory; stays the caller's.</param>
    /// <param name="path">The path without a terminating NUL; empty for the directory itself.</param>
    /// <param name="flags">How.</param>
    /// <param name="mode">The permission bits of a file that is made.</param>
    /// <exception cref="SyscallException">openat2(2) failed; ELOOP for a symbolic link, EXDEV for a mount point.</exception>
    public static FileDescriptor Open(FileDescriptor root, ReadOnlySpan<byte> path, OpenFlags flags, uint mode = 0)
    {
        var how = new OpenHow { Flags = (ulong)(flags | OpenFlags.CloseOnExec), Mode = mode, Resolve = (ulong)Confined };
        fixed (byte* bytes = Terminated(path.IsEmpty ? "."u8 : path))
        {
            var result = (int)FileCalls.OpenAt2(FileCalls.NR_OPENAT2, root, bytes, &how, (nuint)sizeof(OpenHow));
            return result >= 0 ? new FileDescriptor(result) : throw Failure("openat2", path);
        }
    }

    /// <summary>The bytes with a terminating NUL.</summary>
    public static byte[] Terminated(ReadOnlySpan<byte> path) => [.. path, 0];

    /// <summary>The path of a name in an open directory for calls that take no descriptor, with a terminating NUL.</summary>
    public static byte[] Through(FileDescriptor directory, ReadOnlySpan<byte> name) => [.. Encoding.ASCII.GetBytes($"/proc/self/fd/{directory.Number}/"), .. name, 0];

    /// <summary>Throws when a call failed.</summary>
    public static void Check(long result, string operation, ReadOnlySpan<byte> path)
    {
        if (result < 0)
            throw Failure(operation, path);
    }

    /// <summary>The exception for the call that just failed.</summary>
    public static SyscallException Failure(string operation, ReadOnlySpan<byte> path) =>
        new(operation, $"\"{Encoding.UTF8.GetString(path)}\"", Errno.Last);
}

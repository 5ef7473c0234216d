using LxcNative.Native.Errors;
using LxcNative.Native.Handles;

namespace LxcNative.Native.Files.Raw;

/// <summary>Opens paths made of bytes, below a directory and never out of it: no symbolic link is followed, no mount crossed.</summary>
internal static unsafe class RawOpen
{
    private const ResolveFlags Confined = ResolveFlags.Beneath | ResolveFlags.NoSymbolicLinks | ResolveFlags.NoMagicLinks | ResolveFlags.NoMountCrossing;

    /// <summary>Opens a path below a directory.</summary>
    /// <param name="root">The directory; stays the caller's.</param>
    /// <param name="path">The path; empty for the directory itself.</param>
    /// <param name="flags">How.</param>
    /// <param name="mode">The permission bits of a file that is made.</param>
    /// <exception cref="SyscallException">openat2(2) failed; ELOOP for a symbolic link, EXDEV for a mount point.</exception>
    public static FileDescriptor Below(FileDescriptor root, ReadOnlySpan<byte> path, OpenFlags flags, uint mode = 0)
    {
        int result;
        using var lease = new DescriptorLease(root);
        fixed (byte* bytes = RawPath.Terminated(path.IsEmpty ? "."u8 : path))
            result = FileOpen.OpenAt2(lease.Number, bytes, flags, Confined, mode);
        return result >= 0 ? new FileDescriptor(result) : throw RawPath.Failure("openat2", path);
    }
}

using LxcNative.Native.Uapi;

namespace LxcNative.Native.Files;

/// <summary>What path resolution may pass through (openat2(2), Linux 5.6).</summary>
[Flags]
public enum ResolveFlags : ulong
{
    /// <summary>Anything, like openat(2).</summary>
    None = 0,

    /// <summary>No mount point is crossed, upwards or downwards (EXDEV).</summary>
    NoMountCrossing = Openat2.RESOLVE_NO_XDEV,

    /// <summary>No /proc/PID/fd-like link is followed (ELOOP).</summary>
    NoMagicLinks = Openat2.RESOLVE_NO_MAGICLINKS,

    /// <summary>No symbolic link is followed in any component (ELOOP).</summary>
    NoSymbolicLinks = Openat2.RESOLVE_NO_SYMLINKS,

    /// <summary>Nothing outside the directory is reached, absolute links included (EXDEV).</summary>
    Beneath = Openat2.RESOLVE_BENEATH,

    /// <summary>The directory is the root, as if by chroot(2): absolute links and ".." stay inside.</summary>
    InRoot = Openat2.RESOLVE_IN_ROOT,

    /// <summary>Only from the cache, EAGAIN otherwise (Linux 5.12).</summary>
    Cached = Openat2.RESOLVE_CACHED,
}

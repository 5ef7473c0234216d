namespace LxcNative.Native.Criu.Images;

/// <summary>The file systems that criu has a word for (images/mnt.proto).</summary>
#pragma warning disable CS1591 // The names say it.
internal enum MountImageFileSystem
{
    /// <summary>One that criu does not handle: the container's root, a bind, or an external mount.</summary>
    Unsupported = 0,
    Proc = 1,
    Sysfs = 2,
    Devtmpfs = 3,
    BinfmtMisc = 4,
    Tmpfs = 5,
    Devpts = 6,
    Simfs = 7,
    Pstore = 8,
    Securityfs = 9,
    Fusectl = 10,
    Debugfs = 11,
    Cgroup = 12,
    Aufs = 13,
    Mqueue = 14,
    Fuse = 15,

    /// <summary>One that was enabled by name and is mounted again as it was.</summary>
    Auto = 16,
    Overlayfs = 17,
    Autofs = 18,
    Tracefs = 19,
    Cgroup2 = 23,
}
#pragma warning restore CS1591

using System.Runtime.InteropServices;

namespace LxcNative.Native.Uapi;

/// <summary>struct mount_attr of linux/mount.h (Linux 5.12).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct mount_attr
{
    public ulong attr_set;
    public ulong attr_clr;
    public ulong propagation;
    public ulong userns_fd;
}

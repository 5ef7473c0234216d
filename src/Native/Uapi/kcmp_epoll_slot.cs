#pragma warning disable CS8981 // Kernel spelling.
using System.Runtime.InteropServices;

namespace LxcNative.Native.Uapi;

/// <summary>linux/kcmp.h: a target of an epoll descriptor.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct kcmp_epoll_slot
{
    public uint efd;
    public uint tfd;
    public uint toff;
}

#pragma warning disable CS8981 // Kernel spelling.
using System.Runtime.InteropServices;

namespace LxcNative.Native.Uapi;

/// <summary>linux/userfaultfd.h: a part of an address space.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct uffdio_register
{
    public ulong start;
    public ulong len;
    public ulong mode;
    public ulong ioctls;
}

#pragma warning disable CS8981 // Kernel spelling.
using System.Runtime.InteropServices;

namespace LxcNative.Native.Uapi;

/// <summary>linux/userfaultfd.h: which features are asked for, and which there are.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct uffdio_api
{
    public ulong api;
    public ulong features;
    public ulong ioctls;
}

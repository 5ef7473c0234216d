using System.Runtime.InteropServices;

namespace LxcNative.Native.Uapi;

/// <summary>A classic BPF program (linux/filter.h).</summary>
[StructLayout(LayoutKind.Sequential)]
#pragma warning disable CS8981 // The kernel's own name.
internal unsafe struct sock_fprog
#pragma warning restore CS8981
{
    public ushort len;
    public byte* filter;
}

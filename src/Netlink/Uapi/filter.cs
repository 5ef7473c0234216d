using System.Runtime.InteropServices;

namespace LxcNative.Netlink.Uapi;

/// <summary>What the instructions of a socket filter are made of (linux/bpf_common.h).</summary>
[Flags]
internal enum BPF_CODE : ushort
{
    BPF_LD = 0x00,
    BPF_JMP = 0x05,
    BPF_RET = 0x06,
    BPF_H = 0x08,
    BPF_JEQ = 0x10,
    BPF_ABS = 0x20,
    BPF_K = 0x00,
}

#pragma warning disable CS8981 // The kernel's names.
/// <summary>An instruction of a socket filter (linux/filter.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct sock_filter
{
    public BPF_CODE code;
    public byte jt;
    public byte jf;
    public uint k;

    public sock_filter(BPF_CODE what, uint argument)
    {
        code = what;
        k = argument;
    }
}

/// <summary>The value of SO_ATTACH_FILTER (linux/filter.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct sock_fprog
{
    public ushort len;
    public sock_filter* filter;
}
#pragma warning restore CS8981

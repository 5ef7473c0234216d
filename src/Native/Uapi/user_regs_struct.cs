using System.Runtime.InteropServices;

namespace LxcNative.Native.Uapi;

/// <summary>sys/user.h of x86-64: the registers of a task.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct user_regs_struct
{
    public ulong r15, r14, r13, r12, rbp, rbx, r11, r10, r9, r8;
    public ulong rax, rcx, rdx, rsi, rdi;
    public ulong orig_rax;
    public ulong rip, cs, eflags, rsp, ss, fs_base, gs_base, ds, es, fs, gs;
}

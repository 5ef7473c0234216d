namespace LxcNative.Native.Uapi;

/// <summary>linux/ptrace.h and linux/elf.h</summary>
internal static class Ptrace
{
    public const int PTRACE_CONT = 7;
    public const int PTRACE_DETACH = 17;
    public const int PTRACE_SYSCALL = 24;
    public const int PTRACE_GETREGSET = 0x4204;
    public const int PTRACE_SETREGSET = 0x4205;
    public const int PTRACE_SEIZE = 0x4206;
    public const int PTRACE_INTERRUPT = 0x4207;
    public const int PTRACE_GETSIGMASK = 0x420a;
    public const int PTRACE_SETSIGMASK = 0x420b;
    public const int PTRACE_SECCOMP_GET_FILTER = 0x420c;
    public const int PTRACE_O_TRACESYSGOOD = 1;
    public const int PTRACE_O_SUSPEND_SECCOMP = 0x200000;
    public const int PTRACE_EVENT_STOP = 128;
    public const int NT_PRSTATUS = 1;
}

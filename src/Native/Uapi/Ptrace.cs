namespace LxcNative.Native.Uapi;

/// <summary>linux/ptrace.h</summary>
internal static class Ptrace
{
    public const int PTRACE_DETACH = 17;
    public const int PTRACE_SEIZE = 0x4206;
    public const int PTRACE_INTERRUPT = 0x4207;
    public const int PTRACE_SECCOMP_GET_FILTER = 0x420c;
}

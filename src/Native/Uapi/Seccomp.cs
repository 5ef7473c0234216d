namespace LxcNative.Native.Uapi;

/// <summary>linux/seccomp.h and linux/filter.h</summary>
internal static class Seccomp
{
    public const int SECCOMP_MODE_FILTER = 2;
    public const int SECCOMP_SET_MODE_FILTER = 1;
    public const int BPF_MAXINSNS = 4096;
    public const int SizeOfInstruction = 8;
}

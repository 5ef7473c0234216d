using System.Runtime.InteropServices;

namespace LxcNative.Native.Uapi;

/// <summary>asm/unistd.h: calls that neither Tmds.LibC nor every supported C library wraps. From 424 on all architectures have the same.</summary>
internal static class SystemCallNumbers
{
    public static readonly int __NR_close = IsArm64 ? 57 : 3;
    public static readonly int __NR_userfaultfd = IsArm64 ? 282 : 323;
    public static readonly int __NR_bpf = IsArm64 ? 280 : 321;
    public static readonly int __NR_seccomp = IsArm64 ? 277 : 317;
    public static readonly int __NR_capset = IsArm64 ? 91 : 126;
    public static readonly int __NR_setgroups = IsArm64 ? 159 : 116;
    public static readonly int __NR_setresuid = IsArm64 ? 147 : 117;
    public static readonly int __NR_setresgid = IsArm64 ? 149 : 119;
    public static readonly int __NR_kcmp = IsArm64 ? 272 : 312;
    public static readonly int __NR_sched_setaffinity = IsArm64 ? 122 : 203;
    public static readonly int __NR_ioprio_set = IsArm64 ? 30 : 251;
    public static readonly int __NR_ioprio_get = IsArm64 ? 31 : 252;
    public const int __NR_pidfd_send_signal = 424;
    public const int __NR_open_tree = 428;
    public const int __NR_move_mount = 429;
    public const int __NR_pidfd_open = 434;
    public const int __NR_pidfd_getfd = 438;
    public const int __NR_mount_setattr = 442;

    private static bool IsArm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
}

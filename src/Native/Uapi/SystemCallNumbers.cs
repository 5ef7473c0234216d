namespace LxcNative.Native.Uapi;

/// <summary>asm/unistd_64.h: calls that neither Tmds.LibC nor every supported C library wraps.</summary>
internal static class SystemCallNumbers
{
    public const int __NR_getdents64 = 217;
    public const int __NR_capget = 125;
    public const int __NR_bpf = 321;
    public const int __NR_pidfd_send_signal = 424;
    public const int __NR_open_tree = 428;
    public const int __NR_move_mount = 429;
    public const int __NR_pidfd_open = 434;
    public const int __NR_pidfd_getfd = 438;
    public const int __NR_mount_setattr = 442;
}

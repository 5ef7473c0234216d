namespace LxcNative.Native.Uapi;

/// <summary>linux/sched.h</summary>
internal static class Sched
{
    public const int CLONE_FS = 0x00000200;
    public const int CLONE_FILES = 0x00000400;
    public const int CLONE_NEWTIME = 0x00000080;
    public const int CLONE_NEWNS = 0x00020000;
    public const int CLONE_NEWCGROUP = 0x02000000;
    public const int CLONE_NEWUTS = 0x04000000;
    public const int CLONE_NEWIPC = 0x08000000;
    public const int CLONE_NEWUSER = 0x10000000;
    public const int CLONE_NEWPID = 0x20000000;
    public const int CLONE_NEWNET = 0x40000000;
}

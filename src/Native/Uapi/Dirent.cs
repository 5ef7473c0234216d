namespace LxcNative.Native.Uapi;

/// <summary>struct linux_dirent64 of getdents64(2): 64-bit inode, 64-bit offset, 16-bit record length, 8-bit type, then the name.</summary>
internal static class Dirent
{
    public const int OffsetOfRecordLength = 16;
    public const int OffsetOfType = 18;
    public const int OffsetOfName = 19;

    public const byte DT_UNKNOWN = 0;
    public const byte DT_FIFO = 1;
    public const byte DT_CHR = 2;
    public const byte DT_DIR = 4;
    public const byte DT_BLK = 6;
    public const byte DT_REG = 8;
    public const byte DT_LNK = 10;
    public const byte DT_SOCK = 12;
}

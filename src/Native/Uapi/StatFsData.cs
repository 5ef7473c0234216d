using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LxcNative.Native.Uapi;

/// <summary>struct statfs of sys/statfs.h on 64-bit Linux; Tmds.LibC only has statvfs, which lacks f_type.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StatFsData
{
    public long f_type;
    public long f_bsize;
    public ulong f_blocks;
    public ulong f_bfree;
    public ulong f_bavail;
    public ulong f_files;
    public ulong f_ffree;
    public ulong f_fsid;
    public long f_namelen;
    public long f_frsize;
    public long f_flags;
    public Spare f_spare;

    [InlineArray(4)]
    internal struct Spare
    {
        private long _element0;
    }
}

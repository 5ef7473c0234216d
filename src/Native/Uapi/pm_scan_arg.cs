using System.Runtime.InteropServices;

namespace LxcNative.Native.Uapi;

/// <summary>linux/fs.h, Linux 6.7: what PAGEMAP_SCAN looks for, and where it puts what it finds.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct pm_scan_arg
{
    public ulong size;
    public ulong flags;
    public ulong start;
    public ulong end;
    public ulong walk_end;
    public ulong vec;
    public ulong vec_len;
    public ulong max_pages;
    public ulong category_inverted;
    public ulong category_mask;
    public ulong category_anyof_mask;
    public ulong return_mask;
}

namespace LxcNative.Native.Uapi;

/// <summary>linux/fs.h, Linux 6.7: ioctl of /proc/PID/pagemap; and the bits of that file's entries (Documentation/admin-guide/mm/pagemap.rst).</summary>
internal static class PagemapScan
{
    public const uint PAGEMAP_SCAN = 0xc0606610;
    public const ulong PM_SCAN_WP_MATCHING = 1;

    public const ulong PAGE_IS_WPALLOWED = 1 << 0;
    public const ulong PAGE_IS_WRITTEN = 1 << 1;
    public const ulong PAGE_IS_FILE = 1 << 2;
    public const ulong PAGE_IS_PRESENT = 1 << 3;
    public const ulong PAGE_IS_SWAPPED = 1 << 4;
    public const ulong PAGE_IS_PFNZERO = 1 << 5;

    public const int SizeOfEntry = 8;
    public const ulong EntrySoftDirty = 1UL << 55;
    public const ulong EntryFile = 1UL << 61;
    public const ulong EntrySwapped = 1UL << 62;
    public const ulong EntryPresent = 1UL << 63;
}

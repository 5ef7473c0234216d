using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Memory;

/// <summary>Finds pages of a process by the kernel's own walk (ioctl_pagemap_scan(2), Linux 6.7).</summary>
internal static unsafe class PagemapScanning
{
    private const int MostRegions = 1024;
    private const ulong Hidden = PagemapScan.PAGE_IS_FILE | PagemapScan.PAGE_IS_PFNZERO;

    /// <summary>Finds pages.</summary>
    /// <param name="pagemap">/proc/PID/pagemap, open for reading.</param>
    /// <param name="range">Where.</param>
    /// <param name="query">Which.</param>
    /// <param name="found">Gets them, in order, behind what is there.</param>
    /// <exception cref="SyscallException">ioctl(2) failed; ENOTTY: an older kernel. ESRCH: the process has another address space, or none.</exception>
    public static void Find(FileDescriptor pagemap, PageRange range, PageQuery query, List<PageRange> found)
    {
        // Three numbers each: start, end, categories.
        var regions = stackalloc ulong[MostRegions * 3];
        for (var start = range.Start; start < range.End;)
        {
            var scan = new pm_scan_arg
            {
                size = (ulong)sizeof(pm_scan_arg),
                flags = query == PageQuery.WrittenNotedAgain ? PagemapScan.PM_SCAN_WP_MATCHING : 0,
                start = start,
                end = range.End,
                vec = (ulong)regions,
                vec_len = MostRegions,
                category_inverted = Hidden,
                category_mask = Hidden | (query == PageQuery.WrittenNotedAgain ? PagemapScan.PAGE_IS_WRITTEN : 0),
                category_anyof_mask = PagemapScan.PAGE_IS_PRESENT | PagemapScan.PAGE_IS_SWAPPED,
                return_mask = PagemapScan.PAGE_IS_WRITTEN | PagemapScan.PAGE_IS_WPALLOWED,
            };
            var count = Libc.Ioctl(pagemap, PagemapScan.PAGEMAP_SCAN, (int*)&scan);
            SyscallException.ThrowIfFailed(count, "ioctl PAGEMAP_SCAN", $"{start:x}-{range.End:x}");
            for (var i = 0; i < count; i++)
            {
                if (query != PageQuery.Written || IsWritten(regions[i * 3 + 2]))
                    PageRanges.Append(found, new PageRange(regions[i * 3], regions[i * 3 + 1]));
            }

            // Where it comes to the end the kernel may tell where it was before (do_pagemap_scan, fs/proc/task_mmu.c).
            if (count < MostRegions)
                break;
            start = Math.Max(scan.walk_end, regions[(count - 1) * 3 + 1]);
        }
    }

    // What the kernel says of a mapping whose writes are not noted is of nobody's making.
    private static bool IsWritten(ulong categories) =>
        (categories & PagemapScan.PAGE_IS_WRITTEN) != 0 || (categories & PagemapScan.PAGE_IS_WPALLOWED) == 0;

    /// <summary>Whether this kernel has it.</summary>
    public static bool IsAvailable()
    {
        using var pagemap = Files.FileOpen.Open("/proc/self/pagemap", Files.OpenFlags.ReadOnly);
        var scan = new pm_scan_arg { size = (ulong)sizeof(pm_scan_arg), return_mask = PagemapScan.PAGE_IS_PRESENT };
        return Libc.Ioctl(pagemap, PagemapScan.PAGEMAP_SCAN, (int*)&scan) != -1;
    }
}

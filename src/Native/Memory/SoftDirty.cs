using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Memory;

/// <summary>The kernel's own notes of pages that a process writes to (Documentation/admin-guide/mm/soft-dirty.rst); a kernel may be built without.</summary>
internal static unsafe class SoftDirty
{
    private const int PageBytes = PageRange.PageBytes;
    private const string Forget = "4";

    /// <summary>Whether this kernel has them: by a page of this process.</summary>
    public static bool IsAvailable()
    {
        var page = (byte*)LibC.mmap(null, PageBytes, LibC.PROT_READ | LibC.PROT_WRITE, LibC.MAP_PRIVATE | LibC.MAP_ANONYMOUS, -1, 0);
        if ((nint)page == -1)
            return false;
        try
        {
            *page = 1;
            using var pagemap = FileOpen.Open("/proc/self/pagemap", OpenFlags.ReadOnly);
            ulong entry;
            using var lease = new Handles.DescriptorLease(pagemap);
            return (int)LibC.pread(lease.Number, &entry, sizeof(ulong), (long)((ulong)page / PageBytes * sizeof(ulong))) == sizeof(ulong)
                && (entry & PagemapScan.EntrySoftDirty) != 0;
        }
        finally
        {
            _ = LibC.munmap(page, PageBytes);
        }
    }

    /// <summary>Forgets them for a process: whatever it writes to from now on is noted anew.</summary>
    /// <exception cref="SyscallException">ENOENT or ESRCH: it has ended; EACCES: it may not be traced.</exception>
    public static void Reset(int pid) => KernelFile.WriteText($"/proc/{pid}/clear_refs", Forget);
}

using System.Buffers;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Memory;

/// <summary>Finds pages of a process by the entries of its pagemap, one for each page of the address space (proc_pid_pagemap(5)).</summary>
internal static unsafe class PagemapEntries
{
    private const int PageBytes = PageRange.PageBytes;
    private const int Chunk = 16384;

    /// <summary>Finds the pages that criu would copy, of memory that is not a file's.</summary>
    /// <param name="pagemap">/proc/PID/pagemap, open for reading.</param>
    /// <param name="range">Where.</param>
    /// <param name="found">Gets them, in order, behind what is there.</param>
    /// <exception cref="SyscallException">pread(2) failed.</exception>
    public static void Find(FileDescriptor pagemap, PageRange range, List<PageRange> found)
    {
        var entries = ArrayPool<ulong>.Shared.Rent(Chunk);
        try
        {
            using var lease = new DescriptorLease(pagemap);
            for (var start = range.Start; start < range.End;)
            {
                var wanted = (int)Math.Min(Chunk, (range.End - start) / PageBytes);
                var offset = (long)(start / PageBytes * PagemapScan.SizeOfEntry);
                ssize_t read;
                fixed (ulong* into = entries)
                    read = LibC.pread(lease.Number, into, (size_t)(uint)(wanted * PagemapScan.SizeOfEntry), offset);
                var count = SyscallException.ThrowIfFailed((int)read, "pread", $"pagemap at {start:x}") / PagemapScan.SizeOfEntry;
                // Its process has no memory any more.
                if (count == 0)
                    break;
                Add(entries.AsSpan(0, count), start, found);
                start += (ulong)count * PageBytes;
            }
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(entries);
        }
    }

    /// <summary>Adds the pages of some entries.</summary>
    /// <param name="entries">They.</param>
    /// <param name="start">The address of the first page.</param>
    /// <param name="found">Gets them.</param>
    internal static void Add(ReadOnlySpan<ulong> entries, ulong start, List<PageRange> found)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            var isThere = (entries[i] & (PagemapScan.EntryPresent | PagemapScan.EntrySwapped)) != 0;
            if (!isThere || (entries[i] & PagemapScan.EntryFile) != 0)
                continue;
            var address = start + (ulong)i * PageBytes;
            PageRanges.Append(found, new PageRange(address, address + PageBytes));
        }
    }
}

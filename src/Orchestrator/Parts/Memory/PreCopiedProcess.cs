using LxcNative.Native.Criu.Images;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Memory;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Parts.Memory;

/// <summary>A process whose memory is copied while it runs.</summary>
internal sealed class PreCopiedProcess : IDisposable
{
    private const ulong KernelsOwn = 1UL << 63;
    private readonly ProcessHandle _process;
    private readonly FileDescriptor _memory;
    private readonly FileDescriptor _pagemap;
    private readonly WriteTracking? _tracking;

    private PreCopiedProcess(ProcessHandle process, int inside, FileDescriptor memory, FileDescriptor pagemap, WriteTracking? tracking) =>
        (_process, Inside, _memory, _pagemap, _tracking) = (process, inside, memory, pagemap, tracking);

    /// <summary>Its pid in the container.</summary>
    public int Inside { get; }

    /// <summary>Its pid on the host.</summary>
    public int Pid => _process.Pid;

    /// <summary>What was copied, and was not written to since, as far as that is known.</summary>
    public CopiedPages Copied { get; set; } = CopiedPages.None;

    /// <summary>Begins with a process.</summary>
    /// <param name="process">Its pid.</param>
    /// <param name="left">Gets why all of its memory is left to criu, where that has to be told.</param>
    /// <param name="tracks">Whether its writes are tracked by us, rather than by the kernel's own notes.</param>
    /// <returns>Null where it has no memory, has ended, has more than criu can be told of, or what devices may write to: criu copies all of it.</returns>
    /// <exception cref="SyscallException">It cannot be tracked.</exception>
    public static PreCopiedProcess? TryBegin(int process, List<string> left, bool tracks)
    {
        var undo = new Stack<IDisposable>();
        try
        {
            var handle = Keep(undo, ProcessHandle.Open(process));
            var mappings = MemoryMapping.Read(process);
            if (mappings.Count == 0 || mappings.Any(mapping => mapping.Range is { Start: < KernelsOwn, End: > ParentImages.Highest }))
                return null;
            if (DirectAccess.IsPossible(process, mappings))
            {
                left.Add($"the memory of process {process} was not copied while it ran: it reads files past the cache (O_DIRECT), or asynchronously");
                return null;
            }

            var inside = ProcStatus.Read(process).NSpid[^1];
            var memory = Keep(undo, ForeignMemory.Open(process));
            var pagemap = Keep(undo, FileOpen.Open($"/proc/{process}/pagemap", OpenFlags.ReadOnly));
            var tracking = tracks ? Keep(undo, WriteTracking.Begin(handle, VdsoCall.Find(memory, mappings)
                ?? throw new SyscallException("userfaultfd", $"by pid {process}, which has no vDSO", Errno.EOPNOTSUPP))) : null;
            var begun = new PreCopiedProcess(handle, inside, memory, pagemap, tracking);
            undo.Clear();
            return begun;
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            return null;
        }
        finally
        {
            while (undo.TryPop(out var one))
                one.Dispose();
        }
    }

    /// <summary>Finds what is to be copied in this round, and notes what is written to from now on.</summary>
    /// <exception cref="SyscallException">The kernel does not tell; ESRCH: it has ended.</exception>
    public List<PageRange> NextRound()
    {
        var (pages, mappings) = (new List<PageRange>(), Mappings());
        if (_tracking is null)
        {
            SoftDirty.Reset(Pid);
            foreach (var mapping in mappings.Where(mapping => mapping.IsReadable))
                PagemapEntries.Find(_pagemap, mapping.Range, pages);
            return pages;
        }

        // Again and again: where one was before there may be another one.
        foreach (var mapping in mappings)
            _ = _tracking.TryCover(mapping.Range);
        if (mappings.Count > 0)
            PagemapScanning.Find(_pagemap, Whole(mappings), PageQuery.WrittenNotedAgain, pages);
        return pages;
    }

    /// <summary>Copies pages.</summary>
    /// <returns>How many bytes.</returns>
    public long Copy(PageCopy copy, IReadOnlyList<PageRange> pages)
    {
        var copied = copy.Take(_memory, pages);
        // What could not be copied again is not what it was.
        Copied = Copied.Without(pages).With(copied);
        return PageRanges.Length(copied.Ranges);
    }

    /// <summary>It stands still: forgets what was written to, and copies that of it that criu does not touch. Nothing where it has ended.</summary>
    /// <exception cref="SyscallException">The kernel does not tell.</exception>
    public void CopyWritten(PageCopy copy)
    {
        var mappings = _process.HasExited ? [] : Mappings();
        if (mappings.Count == 0 || DirectAccess.IsPossible(Pid, mappings))
        {
            Copied = CopiedPages.None;
            return;
        }

        if (_tracking is null)
            return;
        var written = Written(Whole(mappings));
        Copied = Copied.Without(written);
        // criu puts its own instructions into program code, for a moment.
        var code = mappings.Where(mapping => mapping.IsExecutable).Select(mapping => mapping.Range).ToList();
        using var memory = ForeignMemory.Open(Pid);
        Copied = Copied.With(copy.Take(memory, PageRanges.Except(written, code)));
    }

    /// <summary>criu has dumped it, and it stands still yet: copies what is missing of its image.</summary>
    /// <param name="copy">Where to.</param>
    /// <param name="pages">What the image needs; in order.</param>
    /// <exception cref="SyscallException">The kernel does not tell, or a page cannot be read.</exception>
    public void CopyMissing(PageCopy copy, IReadOnlyList<PageRange> pages)
    {
        if (_tracking is not null)
            foreach (var code in Mappings().Where(mapping => mapping.IsExecutable))
                Copied = Copied.Without(Written(code.Range));
        using var memory = ForeignMemory.Open(Pid);
        Copied = Copied.With(copy.Take(memory, PageRanges.Except(pages, Copied.Ranges)));
        if (PageRanges.Except(pages, Copied.Ranges) is [var unread, ..])
            throw new SyscallException("pread", $"memory of pid {Pid} at {unread.Start:x}", Errno.EIO);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _tracking?.Dispose();
        _pagemap.Dispose();
        _memory.Dispose();
        _process.Dispose();
    }

    private List<MemoryMapping> Mappings() =>
        [.. MemoryMapping.Read(Pid).Where(mapping => mapping.IsPrivate && mapping.Range.End <= ParentImages.Highest)];

    private static PageRange Whole(List<MemoryMapping> mappings) => new(mappings[0].Range.Start, mappings[^1].Range.End);

    // The address space is opened anew: it may have begun another program.
    private List<PageRange> Written(PageRange range)
    {
        using var pagemap = FileOpen.Open($"/proc/{Pid}/pagemap", OpenFlags.ReadOnly);
        var written = new List<PageRange>();
        PagemapScanning.Find(pagemap, range, PageQuery.Written, written);
        return written;
    }

    private static T Keep<T>(Stack<IDisposable> undo, T one)
        where T : IDisposable
    {
        undo.Push(one);
        return one;
    }
}

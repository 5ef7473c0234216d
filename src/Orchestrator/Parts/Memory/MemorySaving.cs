using System.Globalization;
using LxcNative.Native.Criu;
using LxcNative.Native.Criu.Images;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Memory;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Orchestrator.Parts.Memory;

/// <summary>Copies the container's memory while it runs. criu is told that earlier images have it, and writes none but what the kernel notes as written to;
/// what we track instead is copied here while the container stands still. When it runs again the pages go into the images, and the earlier ones away.</summary>
internal sealed class MemorySaving : PartSaving
{
    private const string Earlier = "earlier";

    // What is written to is copied again, and does not take the place of what it was.
    private const int Times = 3;
    private readonly Container _container;
    private readonly PreCopy _how;
    private readonly bool _tracks;
    private readonly bool _isInMemory;
    private readonly long _estimate;
    private readonly long _room;
    private readonly List<PreCopiedProcess> _processes = [];
    private readonly List<string> _warnings = [];
    private readonly CopyRounds _rounds;
    private string? _unavailable;
    private ImageDirectory? _images;
    private PageCopy? _copy;
    private bool _isComplete;

    /// <summary>Finds out how.</summary>
    public MemorySaving(Container container, PreCopy how, ContainerSnapshot snapshot)
    {
        (_container, _how, _rounds) = (container, how, new CopyRounds(how));
        // A disk that is busy would be waited for, with the container.
        _estimate = MemoryEstimate.Bytes(snapshot);
        _room = MemoryRoom.Bytes();
        _isInMemory = _room > _estimate * Times;
        Bytes = _isInMemory ? 0 : _estimate * Times;
        _tracks = !SoftDirty.IsAvailable();
        if (_tracks && !WriteTracking.IsAvailable())
            _unavailable = "this kernel tells nobody which pages are written to (neither soft-dirty nor PAGEMAP_SCAN, Linux 6.7)";
    }

    /// <summary>What was copied while the container ran.</summary>
    public IReadOnlyList<PreCopyRound> Rounds => _rounds.All;

    /// <inheritdoc />
    public override PartState State => new MemoryState { Copied = [.. _rounds.All.Select(round => round.Bytes)] };

    /// <inheritdoc />
    public override IReadOnlyList<string> Warnings =>
        _unavailable is null ? _warnings : [.. _warnings, $"memory was not copied while the container ran: {_unavailable}"];

    /// <inheritdoc />
    public override long Bytes { get; }

    /// <inheritdoc />
    public override bool Captures => _processes.Count > 0;

    /// <inheritdoc />
    public override Func<CriuWorker>? PlaceForCriu(CriuInstallation installation, CriuKerndat? kerndat, Func<CriuWorker> start)
    {
        if (_unavailable is not null || !_tracks)
            return null;
        if (kerndat?.WithDirtyTracking() is { } told)
        {
            return () => NamespaceCover.InOwnMounts(() =>
            {
                told.Show();
                return start();
            });
        }

        _unavailable = "this criu keeps no record of the kernel that it could be told of it by";
        return null;
    }

    /// <inheritdoc />
    public override void Begin(ImageDirectory images)
    {
        if (_unavailable is not null)
            return;
        _images = images;
        try
        {
            _copy = _isInMemory ? PageCopy.InMemory(_room) : PageCopy.Beside(images, long.MaxValue);
            // A process that begins later is another one to criu, and is written by it.
            var since = Uptime();
            foreach (var process in ProcessTree.Read(_container.InitPid).SelfAndDescendants())
                Add(process.Pid);
            if (_processes.Count == 0)
                return;
            _rounds.Run(CopyRound, _tracks ? _how.MaxRounds : 1, _estimate * Times / 2);
            images.MakeInner(Earlier, ParentImages.Link, EarlierImages(since));
        }
        catch (Exception e) when (e is LinuxException or IOException or MalformedProcFileException)
        {
            Close();
            _processes.Clear();
            _unavailable = e.Message;
            return;
        }

        if (_tracks && _rounds.IsLate)
        {
            var (last, count) = (_rounds.All[^1], _rounds.All.Count);
            _warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"memory is written to as fast as it is copied: {last.Bytes >> 20} MiB in {last.Took.TotalMilliseconds:0} ms in the last of {count} rounds"));
        }
    }

    /// <inheritdoc />
    public override void DescribeTo(CriuOptions criu)
    {
        if (_processes.Count == 0)
            return;
        criu.TrackMemory = true;
        criu.ParentImages = Earlier;
    }

    /// <inheritdoc />
    public override void Capture() => _processes.ForEach(process => process.CopyWritten(_copy!));

    /// <inheritdoc />
    public override void Complete()
    {
        foreach (var process in _processes)
            if (new PagesImage(_images!, process.Inside).LeftOut() is { Count: > 0 } pages)
                process.CopyMissing(_copy!, pages);
        _isComplete = true;
    }

    /// <inheritdoc />
    public override void Finish(ImageDirectory images)
    {
        foreach (var process in _processes)
            new PagesImage(images, process.Inside).Complete(process.Copied, _copy!);
        images.RemoveInner();
        _copy?.Dispose();
    }

    /// <inheritdoc />
    protected override void Close()
    {
        _processes.ForEach(process => process.Dispose());
        // The images are completed when everything else is let go.
        if (!_isComplete)
            _copy?.Dispose();
    }

    private void Add(int pid)
    {
        try
        {
            if (PreCopiedProcess.TryBegin(pid, _warnings, _tracks) is { } begun)
                _processes.Add(begun);
        }
        catch (SyscallException e)
        {
            _warnings.Add($"the memory of process {pid} was not copied while it ran: {e.Message}");
        }
    }

    private long CopyRound()
    {
        var bytes = 0L;
        foreach (var process in _processes)
        {
            try
            {
                bytes += process.Copy(_copy!, process.NextRound());
            }
            catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
            {
                // It has ended, and is not dumped.
            }
        }

        return bytes;
    }

    // proc_uptime(5): what criu compares the start of processes with.
    private static TimeSpan Uptime() =>
        TimeSpan.FromSeconds(double.Parse(KernelFile.ReadText("/proc/uptime").Split(' ')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));

    private Dictionary<string, byte[]> EarlierImages(TimeSpan since)
    {
        var images = new Dictionary<string, byte[]> { [ParentImages.Inventory] = ParentImages.InventoryAt(since) };
        var number = 0U;
        foreach (var process in _processes)
            images[PagemapFile.Of(process.Inside)] = ParentImages.PagemapOf(++number);
        for (; number > 0; number--)
            images[PagemapFile.Pages(number)] = [];
        return images;
    }
}

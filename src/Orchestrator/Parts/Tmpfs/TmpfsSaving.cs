using LxcNative.Native.Errors;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Parts.Tmpfs;

/// <summary>Saves the container's private tmpfs natively, and tells criu to leave them alone: it would run tar for each while the container stands
/// still.</summary>
internal sealed class TmpfsSaving : PartSaving
{
    private const int BufferBytes = 64 * 1024;
    private readonly List<(TmpfsMount Mount, TmpfsCapture Capture)> _captures = [];
    private readonly List<Stream> _outputs = [];
    private List<string> _obstacles = [];

    /// <inheritdoc />
    public override PartState State => new TmpfsState { Mounts = [.. _captures.Select(one => one.Mount)] };

    /// <inheritdoc />
    public override IEnumerable<string> Externals => _captures.SelectMany(one => one.Mount.Places.Select(place => $"mnt[{place.MountPoint}]:{one.Mount.Key}"));

    /// <inheritdoc />
    public override IReadOnlyList<string> Warnings => _obstacles;

    /// <inheritdoc />
    public override long Bytes => _captures.Sum(one => one.Capture.UsedBytes);

    /// <inheritdoc />
    public override bool Captures => _captures.Count > 0;

    /// <summary>Prepares those that can be captured, unless criu shall do it.</summary>
    /// <exception cref="RefusedException">All of it is wanted natively, and that cannot be.</exception>
    public static TmpfsSaving Prepare(SavingContext context)
    {
        var saving = new TmpfsSaving();
        var mode = context.Options.Tmpfs;
        if (mode == CaptureMode.Criu)
            return saving;
        try
        {
            saving._obstacles = saving.Open(context.Container, context.Snapshot);
            return mode == CaptureMode.Auto || saving._obstacles.Count == 0
                ? saving
                : throw new RefusedException($"{saving._obstacles[0]}. Left to choose, criu saves it");
        }
        catch
        {
            saving.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public override void Begin(ImageDirectory images)
    {
        foreach (var (mount, _) in _captures)
            _outputs.Add(images.CreateFile(mount.File, BufferBytes));
    }

    /// <inheritdoc />
    public override void Capture()
    {
        // Large ones are captured on threads of their own.
        for (var i = 0; i < _captures.Count; i++)
            _captures[i].Capture.Start(_outputs[i]);
    }

    /// <inheritdoc />
    public override void Complete()
    {
        foreach (var (_, capture) in _captures)
            capture.Complete();
    }

    /// <inheritdoc />
    protected override void Close()
    {
        foreach (var (_, capture) in _captures)
            capture.Dispose();
        foreach (var output in _outputs)
            output.Dispose();
    }

    private List<string> Open(Container container, ContainerSnapshot snapshot)
    {
        var (chosen, left) = TmpfsSelection.Choose(container,
            [.. snapshot.MountTables.Where(one => one.Key != snapshot.Init.Namespaces.Mount).Select(one => one.Value)]);
        var obstacles = left.Select(one => $"tmpfs {one.MountPoint} is left to criu: {one.Why}").ToList();
        if (chosen.Count == 0)
            return obstacles;
        using var mounts = Namespace.Open(container.InitPid, NamespaceKind.Mount);
        foreach (var mount in chosen)
        {
            var entry = container.Mounts.First(one => one.Entry.MountPoint == mount.Places[0].MountPoint).Entry;
            try
            {
                _captures.Add((mount, TmpfsCapture.Open(mounts, entry)));
            }
            catch (Exception e) when (e is TmpfsCaptureException or SyscallException)
            {
                obstacles.Add($"tmpfs {entry.MountPoint} is left to criu: {e.Message}");
            }
        }

        return obstacles;
    }
}

using LxcNative.Native.Errors;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.TmpfsState;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Saves the container's private tmpfs natively, and tells criu to leave them alone: it would run tar for each while the container stands still.</summary>
internal sealed class TmpfsStateDump : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private readonly List<(TmpfsMount Mount, TmpfsCapture Capture)> _captures = [];
    private readonly List<Stream> _outputs = [];

    /// <summary>What is captured.</summary>
    public IReadOnlyList<TmpfsMount> Mounts => [.. _captures.Select(one => one.Mount)];

    /// <summary>criu's external resources for them.</summary>
    public IEnumerable<string> Externals => _captures.SelectMany(one => one.Mount.Places.Select(place => $"mnt[{place.MountPoint}]:{one.Mount.Key}"));

    /// <summary>The bytes that they hold now.</summary>
    public long Bytes => _captures.Sum(one => one.Capture.UsedBytes);

    /// <summary>Prepares those that can be captured, unless criu shall do it.</summary>
    /// <param name="container">The container.</param>
    /// <param name="mode">What the user wants.</param>
    /// <param name="obstacles">What criu has to do, and why.</param>
    /// <returns>The caller's to dispose, before the container's mounts are to go away.</returns>
    /// <exception cref="CheckpointRefusedException">The user wants all of it done natively, and that cannot be.</exception>
    public static TmpfsStateDump Prepare(Container container, CaptureMode mode, out IReadOnlyList<string> obstacles)
    {
        var dump = new TmpfsStateDump();
        obstacles = [];
        if (mode == CaptureMode.Criu)
            return dump;
        try
        {
            obstacles = dump.Open(container);
            return mode == CaptureMode.Auto || obstacles.Count == 0
                ? dump
                : throw new CheckpointRefusedException($"{obstacles[0]}. Leave --tmpfs out, and criu saves it");
        }
        catch
        {
            dump.Dispose();
            throw;
        }
    }

    /// <summary>Opens the images, while the container still runs.</summary>
    public void Begin(ImageDirectory images)
    {
        foreach (var (mount, _) in _captures)
            _outputs.Add(images.CreateFile(mount.File, BufferBytes));
    }

    /// <summary>Captures; large ones on threads of their own. The container stands still.</summary>
    public void Capture()
    {
        for (var i = 0; i < _captures.Count; i++)
            _captures[i].Capture.Start(_outputs[i]);
    }

    /// <summary>Waits for the end, and adds what criu itself put there meanwhile.</summary>
    public void Complete()
    {
        foreach (var (_, capture) in _captures)
            capture.Complete();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (_, capture) in _captures)
            capture.Dispose();
        foreach (var output in _outputs)
            output.Dispose();
    }

    private List<string> Open(Container container)
    {
        var (chosen, left) = TmpfsSelection.Choose(container, NestedTables(container));
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

    private static List<IReadOnlyList<MountEntry>> NestedTables(Container container)
    {
        var seen = new HashSet<ulong> { container.Namespaces.First(one => one.Kind == NamespaceKind.Mount).Inode };
        var tables = new List<IReadOnlyList<MountEntry>>();
        foreach (var process in container.Processes.SelfAndDescendants())
        {
            try
            {
                if (seen.Add(NamespaceId.Read(process.Pid, NamespaceKind.Mount).Inode))
                    tables.Add(MountInfo.Read(process.Pid));
            }
            catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH or Errno.EINVAL)
            {
                // It ended meanwhile.
            }
        }

        return tables;
    }
}

using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>File under another mount.</summary>
internal sealed class OvermountedFile() : PreflightRule(new RuleDescription
{
    Id = "LXN031",
    Title = "File under another mount",
    Severity = FindingSeverity.Blocks,
    SeenBy = "mnt_id of what /proc/PID/fd names; another mount covers that mount, or a directory above the file",
    Why = "The file, or its whole mount, is hidden by a mount that was made over it: its path leads elsewhere.",
    Remedy = "Unmount what covers it, or make the program close the file.",
    CriuMessage = "Open files on overmounted mounts are not supported yet",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        Covered(snapshot).Concat(Hidden(snapshot));

    private IEnumerable<Finding> Covered(ContainerSnapshot snapshot) =>
        snapshot.Files.Where(file => file.Number >= 0 && file.HasPath)
            .Select(file => (File: file, Mount: snapshot.MountOf(file)))
            .Where(pair => pair.Mount is not null && snapshot.IsCovered(pair.Mount, pair.File.Process.Namespaces.Mount))
            .Select(pair => Found(pair.File, $"{pair.File.Target} is of a mount on {pair.Mount!.MountPoint} that another mount covers",
                $"Open files on overmounted mounts are not supported yet; mount={pair.File.MountId} fd={pair.File.Number}"));

    // Its mount is in sight, and another one is on a directory above it: criu takes its name for removed, and tries to give it another in the mount that covers
    // it.
    private IEnumerable<Finding> Hidden(ContainerSnapshot snapshot) =>
        from file in snapshot.Files
        where file is { Number: >= 0, Path: PathState.Missing, LinkCount: > 0, Type: FileType.Regular }
        let mount = snapshot.MountOf(file)
        where mount is not null && !snapshot.IsCovered(mount, file.Process.Namespaces.Mount)
        let over = snapshot.MountTables[file.Process.Namespaces.Mount].FirstOrDefault(other => other.Id != mount.Id && other.MountPoint != mount.MountPoint
            && IsBelow(file.PathText, other.MountPoint) && (mount.MountPoint == "/" || IsBelow(other.MountPoint, mount.MountPoint))
            && !snapshot.IsCovered(other, file.Process.Namespaces.Mount))
        where over is not null
        select Found(file, $"{file.PathText} is hidden by the mount on {over.MountPoint}", $"Can't link remap to {file.PathText}: Invalid cross-device link");

    /// <summary>Whether a mount cannot be reached, because a mount on its root, or one beside it or above it, hides it.</summary>
    internal static bool IsCovered(MountEntry mount, IReadOnlyList<MountEntry> table)
    {
        for (var (current, steps) = (mount, 0); steps <= table.Count; steps++)
        {
            var inner = current;
            // One on its root; or a later one of the same parent, on its mount point or a directory above.
            if (table.Any(other => other.Id != inner.Id && other.ParentId == inner.Id && other.MountPoint == inner.MountPoint)
                || table.Any(other => other.Id != inner.Id && other.ParentId == inner.ParentId && other.Id > inner.Id && other.ParentId != other.Id
                    && IsBelow(inner.MountPoint, other.MountPoint) && inner.MountPoint != "/"))
                return true;
            if (table.FirstOrDefault(other => other.Id == inner.ParentId && other.Id != inner.Id) is not { } parent)
                return false;
            current = parent;
        }

        return false;
    }

    private static bool IsBelow(string path, string directory) =>
        path == directory || (path.StartsWith(directory, StringComparison.Ordinal) && path[directory.Length] == '/');
}

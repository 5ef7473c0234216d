using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Terminal bound to a name, and gone.</summary>
internal sealed class TerminalBoundAndGone() : PreflightRule(new RuleDescription
{
    Id = "LXN045",
    Title = "Terminal bound to a name, and gone",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "A mount of /N//deleted of a devpts, in any mount namespace of the container",
    Why = "Both ends of the terminal were closed while it was bound to a name. criu makes a file in its place before it binds it, which a devpts does not "
        + "allow where one of that number is there. The terminals of a restored container (lxc.tty.max) are such where a program has a mount namespace of its "
        + "own: they are mended in init’s alone.",
    Remedy = "Unmount it in the mount namespace that shows it (nsenter --target PID --mount umount MOUNTPOINT), or end the program that has the namespace.",
})
{
    private const string Deleted = "//deleted";

    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.MountTables.Values.SelectMany(table => table)
            .Where(mount => mount.FileSystemType == "devpts" && mount.Root.EndsWith(Deleted, StringComparison.Ordinal))
            .DistinctBy(mount => mount.Id)
            .Select(mount =>
                Found($"mount {mount.MountPoint} is terminal {mount.Root[1..^Deleted.Length]}, which is gone") with { MountPoint = mount.MountPoint });
}

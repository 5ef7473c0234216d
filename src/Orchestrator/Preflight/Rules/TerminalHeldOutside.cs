using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Terminals;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Terminal whose other end is outside.</summary>
internal sealed class TerminalHeldOutside() : PreflightRule(new RuleDescription
{
    Id = "LXN040",
    Title = "Terminal whose other end is outside",
    Severity = FindingSeverity.Blocks,
    SeenBy = "/dev/pts/N in /proc/PID/fd, and no ptmx with that number (tty-index in fdinfo)",
    Why = "The terminal belongs to the host (the console of lxc-start, an lxc-attach session): its other end is not in the container, so the terminal cannot "
        + "be made again.",
    Remedy = "Set lxc.console.path = none and restart the container; end attached sessions.",
    Permit = "--external tty[RDEV:DEV], --shell-job",
    CriuMessage = "Found slave peer index N without correspond master peer",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        if (options.ShellJob)
            yield break;
        foreach (var (file, index) in OrphanTerminal.Of(snapshot, options).SelectMany(one => one.Files.Select(file => (file, one.Index))))
        {
            if (snapshot.MountOf(file) is not { } mount)
                continue;
            // Of the container's own terminals (lxc.tty.max) the monitor of LXC holds the other end, and criu is told to hand it over.
            if (snapshot.Container.Mounts.Any(one => one.Kind == ContainerMountKind.Internal && one.Entry.Major == mount.Major
                && one.Entry.Minor == mount.Minor && one.Entry.FileSystemType == "devpts" && one.Entry.Root == "/"))
                continue;
            yield return Found(file, $"{file.Target} is terminal {index} of the host", $"Found slave peer index {index} without correspond master peer") with
            {
                Permit = $"--external {HostTerminal.Name(file)}",
            };
        }
    }
}

using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Terminals;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Terminal bound to a name, its other end outside.</summary>
internal sealed class TerminalBoundByName() : PreflightRule(new RuleDescription
{
    Id = "LXN043",
    Title = "Terminal bound to a name, its other end outside",
    Severity = FindingSeverity.Note,
    SeenBy = "A mount of /N of a devpts whose ptmx nobody in the container holds",
    Why = "lxc.tty.max binds terminals to /dev/ttyN, and LXC’s monitor holds the other ends (criu issue 1295: lxc-checkpoint cannot do it). lxcnative asks "
        + "criu to hand the other ends over, which criu's command line cannot be asked for.",
    Remedy = "Nothing with lxcnative and a libcriu of 3.15 or newer; else lxc.tty.max = 0.",
    CriuMessage = "Unable to find a master for /N",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Container.Mounts.Where(mount => mount.Kind == ContainerMountKind.Internal && HostTerminal.IndexOf(mount.Entry) is not null)
            .Select(mount => Found($"mount {mount.Entry.MountPoint} is terminal {mount.Entry.Root[1..]}") with { MountPoint = mount.Entry.MountPoint });
}

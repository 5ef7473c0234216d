using LxcNative.Native.Bpf;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Programs of a version 2 cgroup other than its device rules.</summary>
internal sealed class CgroupProgramsLost() : PreflightRule(new RuleDescription
{
    Id = "LXN096",
    Title = "BPF programs of a cgroup",
    Severity = FindingSeverity.LosesSomething,
    SeenBy = "BPF_PROG_QUERY on the container’s version 2 cgroups, at every hook",
    Why = "Programs that filter or count what the processes of a cgroup do, such as those of systemd’s IPAddressDeny= and IPAccounting=, are not in the "
        + "images: after the restore nothing is filtered.",
    Remedy = "Restart the services that have them after the restore: systemctl restart.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.ProgramsLost.Where(pair => pair.Key != CgroupHook.Device)
            .SelectMany(pair => pair.Value.Where(cgroup => !IsOfUnit(snapshot, cgroup)).Select(cgroup => Found($"cgroup {cgroup}: {pair.Key}")));

    // Those come back with the unit's settings.
    private static bool IsOfUnit(ContainerSnapshot snapshot, string cgroup) =>
        snapshot.Units.Confined.Any(unit => unit.ControlGroup.Length > 1
            && snapshot.Container.Cgroups.Any(own => own.IsUnified && cgroup == (own.Path == "/" ? "" : own.Path) + unit.ControlGroup));
}

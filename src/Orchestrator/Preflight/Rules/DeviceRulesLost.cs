using LxcNative.Native.Bpf;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Device rules of a version 2 cgroup that cannot be saved.</summary>
internal sealed class DeviceRulesLost() : PreflightRule(new RuleDescription
{
    Id = "LXN090",
    Title = "Device rules that cannot be saved",
    Severity = FindingSeverity.LosesSomething,
    SeenBy = "BPF_PROG_QUERY on the container’s version 2 cgroups, BPF_OBJ_GET_INFO_BY_FD of the programs",
    Why = "In version 2 device rules are BPF programs. Those that need neither maps nor helpers of the kernel, such as LXC’s, are saved and come back; this "
        + "one does need them, or is hidden from this command: after the restore the container may open every device that it has a node of.",
    Remedy = "Have what attached the program attach it to the restored container’s cgroup again, or keep nodes of devices out of the container.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.ProgramsLost.TryGetValue(CgroupHook.Device, out var cgroups) ? cgroups.Select(cgroup => Found($"cgroup {cgroup}")) : [];
}

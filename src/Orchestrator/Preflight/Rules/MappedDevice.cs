using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Device in memory.</summary>
internal sealed class MappedDevice() : PreflightRule(new RuleDescription
{
    Id = "LXN023",
    Title = "Device in memory",
    Severity = FindingSeverity.Blocks,
    SeenBy = "/dev/… in /proc/PID/maps",
    Why = "Memory of a device (graphics, /dev/mem, RDMA) is not the process’s own: criu can neither read nor map it again.",
    Remedy = "Stop the program that uses the device.",
    CriuMessage = "Can't handle non-regular mapping on N's map",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Processes.SelectMany(process => process.Mappings.Where(mapping => mapping.IsCharacterDevice && mapping.Target != "/dev/zero")
            .Select(mapping => Found(process, $"it has {mapping.Target} in its memory", $"Can't handle non-regular mapping on {process.Pid}'s map")));
}

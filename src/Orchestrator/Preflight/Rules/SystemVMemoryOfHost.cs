using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>System V shared memory of the host.</summary>
internal sealed class SystemVMemoryOfHost() : PreflightRule(new RuleDescription
{
    Id = "LXN015",
    Title = "System V shared memory of the host",
    Severity = FindingSeverity.Blocks,
    SeenBy = "/SYSV in /proc/PID/maps while the IPC namespace is the host’s",
    Why = "Shared memory segments belong to the IPC namespace, and the host’s is not dumped.",
    Remedy = "Give the container an IPC namespace of its own (do not keep the host’s with lxc.namespace.keep).",
    CriuMessage = "Task N with SysVIPC shmem map @N doesn't live in IPC ns",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        if (!snapshot.Container.Namespaces.Any(one => one is { Kind: NamespaceKind.Ipc, SharedWithHost: true }))
            yield break;
        foreach (var process in snapshot.Processes)
            foreach (var mapping in process.Mappings.Where(mapping => mapping.Target.StartsWith("/SYSV", StringComparison.Ordinal)))
                yield return Found(process, $"it has {mapping.Target} in its memory",
                    $"Task {process.Pid} with SysVIPC shmem map @{mapping.Start:x} doesn't live in IPC ns");
    }
}

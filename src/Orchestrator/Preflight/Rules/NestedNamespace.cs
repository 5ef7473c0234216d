using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Namespace inside the container.</summary>
internal sealed class NestedNamespace() : PreflightRule(new RuleDescription
{
    Id = "LXN004",
    Title = "Namespace inside the container",
    Severity = FindingSeverity.Blocks,
    SeenBy = "/proc/PID/ns compared with the init’s",
    Why = "criu can dump mount and network namespaces that are nested in the container, and no others. Browsers, systemd’s PrivateUsers and PrivateIPC, and containers in the container make them.",
    Remedy = "Stop the program that made the namespace, or switch its sandbox off.",
    CriuMessage = "Can't dump nested pid namespace for N",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(PreflightSnapshot snapshot, CheckpointOptions options)
    {
        var home = snapshot.Init.Namespaces;
        foreach (var process in snapshot.Processes.Where(process => process.Namespaces.Mount != 0))
        {
            if (Nested(process.Namespaces, home) is var (kind, logged))
                yield return Found(process, $"it is in another {kind} namespace than the init", $"Can't dump nested {logged} namespace for {process.Pid}");
        }
    }

    // In the order in which criu looks: it stops at the first.
    private static (string Kind, string Logged)? Nested(NamespaceInodes one, NamespaceInodes home)
    {
        if (one.Pid != home.Pid)
            return ("pid", "pid");
        // The link is empty until the first child is made, and nested from then on.
        if (one.PidForChildren != 0 && one.PidForChildren != one.Pid)
            return ("pid (for its children)", "pid_for_children");
        if (one.Ipc != home.Ipc)
            return ("ipc", "ipc");
        if (one.Uts != home.Uts)
            return ("uts", "uts");
        if (one.Time != home.Time)
            return ("time", "time");
        if (one.TimeForChildren != one.Time)
            return ("time (for its children)", "time_for_children");
        if (one.User != home.User)
            return ("user", "user");
        return one.Cgroup != home.Cgroup ? ("cgroup", "cgroup") : null;
    }
}

using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Namespace inside the container.</summary>
internal sealed class NestedNamespace() : PreflightRule(new RuleDescription
{
    Id = RuleId,
    Title = "Namespace inside the container",
    Severity = FindingSeverity.Blocks,
    SeenBy = "/proc/PID/ns compared with the init’s; names, settings and objects of uts and ipc namespaces, and the roots of cgroup namespaces, compared "
        + "from inside",
    Why = "criu can dump mount and network namespaces that are nested in the container, and no others. One of host names (systemd’s ProtectHostname=), of "
        + "IPC or of cgroups that says and holds what the container’s own does is dumped as that: the process comes back in the container’s, and is not kept "
        + "apart from it any more until it is started again. Browsers, PrivateUsers= and containers in the container make others.",
    Remedy = "Stop the program that made the namespace, or switch its sandbox off. For services of systemd with PrivateUsers=, such as Debian’s redis-server, "
        + "lxcnative container prepare NAME does so, before the container is started.",
    CriuMessage = "Can't dump nested pid namespace for N",
})
{
    /// <summary>What it is called.</summary>
    public const string RuleId = "LXN004";

    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        var home = snapshot.Init.Namespaces;
        foreach (var process in snapshot.Processes.Where(process => process.Namespaces.Mount != 0))
        {
            if (Nested(process.Namespaces, home, snapshot.NestedNamespaces) is var (kind, logged, difference))
                yield return Found(
                    process,
                    $"it is in another {kind} namespace than the init{(difference is null ? "" : $": {difference}")}",
                    $"Can't dump nested {logged} namespace for {process.Pid}");
            else if (NamespaceComparison.Others(process.Namespaces, home) is var others and not NamespaceKind.None)
                yield return Found(
                    process,
                    $"it is in another {Described(others)} namespace than the init, which says the same: it comes back in the init’s",
                    severity: FindingSeverity.LosesSomething);
        }
    }

    private static string Described(NamespaceKind kinds) => kinds.ToString().ToLowerInvariant().Replace(", ", " and ", StringComparison.Ordinal);

    // In the order in which criu looks: it stops at the first.
    private static (string Kind, string Logged, string? Difference)? Nested(
        NamespaceInodes one, NamespaceInodes home, IReadOnlyDictionary<ulong, string?> compared)
    {
        if (one.Pid != home.Pid)
            return ("pid", "pid", null);
        // The link is empty until the first child is made, and nested from then on.
        if (one.PidForChildren != 0 && one.PidForChildren != one.Pid)
            return ("pid (for its children)", "pid_for_children", null);
        if (IsAnother(NamespaceKind.Ipc, out var difference))
            return ("ipc", "ipc", difference);
        if (IsAnother(NamespaceKind.Uts, out difference))
            return ("uts", "uts", difference);
        if (one.Time != home.Time)
            return ("time", "time", null);
        if (one.TimeForChildren != one.Time)
            return ("time (for its children)", "time_for_children", null);
        if (one.User != home.User)
            return ("user", "user", null);
        return IsAnother(NamespaceKind.Cgroup, out difference) ? ("cgroup", "cgroup", difference) : null;

        bool IsAnother(NamespaceKind kind, out string? what)
        {
            what = null;
            return one.Of(kind) != home.Of(kind) && (!compared.TryGetValue(one.Of(kind), out what) || what is not null);
        }
    }
}

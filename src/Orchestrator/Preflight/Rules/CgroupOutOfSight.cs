using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Cgroup that this command's cgroup namespace does not show.</summary>
internal sealed class CgroupOutOfSight() : PreflightRule(new RuleDescription
{
    Id = "LXN092",
    Title = "Cgroup that this command’s cgroup namespace does not show",
    Severity = FindingSeverity.Blocks,
    SeenBy = "paths of /proc/PID/cgroup that begin with /.. (cgroup_namespaces(7))",
    Why = "This command runs in a cgroup namespace whose root is beside or below the container’s cgroup, as in a container of its own: criu, which runs there "
        + "too, finds no directory of that path.",
    Remedy = "Run it in the cgroup namespace of the container’s monitor: nsenter --cgroup --target PID, with the pid of its lxc-start.",
    Permit = "--manage-cgroups ignore, which leaves the cgroups out",
    CriuMessage = "cg: failed walking /proc/self/fd/N/PATH for empty cgroups: No such file or directory",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        options.ManageCgroups == CriuManageCgroups.Ignore ? [] : snapshot.Container.Cgroups.Where(cgroup => IsAbove(cgroup.Path))
            .Select(cgroup => Found($"{cgroup.Path} of {(cgroup.IsUnified ? "the unified hierarchy" : string.Join(',', cgroup.Controllers))}"));

    // A cgroup may be called "..data".
    private static bool IsAbove(string path) => path == "/.." || path.StartsWith("/../", StringComparison.Ordinal);
}

using System.Globalization;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Open namespace that no process is in.</summary>
internal sealed class NamespaceOutside() : PreflightRule(new RuleDescription
{
    Id = "LXN038",
    Title = "Open namespace that no process is in",
    Severity = FindingSeverity.Blocks,
    SeenBy = "/proc/PID/fd: a descriptor of a namespace (net:[N]) that no process of the container is in",
    Why = "criu knows the namespaces that the container’s processes are in. Another one, of the host or kept by a descriptor or a bind alone (ip netns add), "
        + "it does not find: No NS ID with kid N.",
    Remedy = "Make the program close it; or let a process run in that namespace.",
})
{
    private static readonly string[] Kinds = ["mnt", "net", "pid", "uts", "ipc", "user", "cgroup", "time"];

    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        var own = snapshot.Processes.SelectMany(process => Of(process.Namespaces)).ToHashSet();
        return snapshot.Files.Where(file => file.Number >= 0 && InodeOf(file.Target) is { } inode && !own.Contains(inode))
            .Select(file => Found(file, file.Target));
    }

    private static ulong[] Of(NamespaceInodes one) =>
        [one.Mount, one.Net, one.Pid, one.Uts, one.Ipc, one.User, one.Cgroup, one.Time, one.PidForChildren, one.TimeForChildren];

    private static ulong? InodeOf(string target) =>
        target.IndexOf(":[", StringComparison.Ordinal) is > 0 and var at && target[^1] == ']' && Kinds.Contains(target[..at])
        && ulong.TryParse(target.AsSpan()[(at + 2)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var inode) ? inode : null;
}

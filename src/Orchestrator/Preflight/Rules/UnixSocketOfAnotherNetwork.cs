using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Unix socket of another network namespace.</summary>
internal sealed class UnixSocketOfAnotherNetwork() : PreflightRule(new RuleDescription
{
    Id = "LXN057",
    Title = "Unix socket of another network namespace",
    Severity = FindingSeverity.Blocks,
    SeenBy = "Sockets in /proc/PID/fd that unix_diag does not show in the container’s network namespaces",
    Why = "The socket was made on the host and inherited (a journal, a supervisor, a container manager). It is not in the container’s network, where criu "
        + "looks for it.",
    Remedy = "Start the container without the inherited descriptor, or make the program close it.",
    CriuMessage = "Unix socket N not found",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.UnknownSockets.Where(one => snapshot.ProtocolNames.GetValueOrDefault(one.Inode) is { } name
            && name.StartsWith("UNIX", StringComparison.Ordinal))
            .Select(one => Found(one.Owner, $"socket:[{one.Inode}]", $"Unix socket {one.Inode} not found") with { SocketInode = one.Inode });
}

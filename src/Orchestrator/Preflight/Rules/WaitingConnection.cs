using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Connection not yet accepted.</summary>
internal sealed class WaitingConnection() : PreflightRule(new RuleDescription
{
    Id = "LXN054",
    Title = "Connection not yet accepted",
    Severity = FindingSeverity.LosesSomething,
    SeenBy = "Queue length of listening sockets (inet_diag)",
    Why = "Connections that the program has not accepted yet are not dumped: the client sees them reset after the restore.",
    Remedy = "Try again when the program has accepted them.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.OwnSockets.Where(one => one.Socket is
        {
            Family: Families.Inet or Families.Inet6, Protocol: Families.Tcp, State: Families.Listening,
            Unread: > 0
        })
            .Select(one => Found(one.Owner, $"{one.Socket.Unread} connection(s) wait at {one.Socket.Local}") with { SocketInode = one.Socket.Inode });
}

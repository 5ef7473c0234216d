using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Established TCP connection.</summary>
internal sealed class EstablishedConnection() : PreflightRule(new RuleDescription
{
    Id = "LXN053",
    Title = "Established TCP connection",
    Severity = FindingSeverity.Blocks,
    SeenBy = "inet_diag inside the network namespace",
    Why = "Connections are kept only on request: the other end must not notice the pause.",
    Remedy = "Leave --tcp-established on, as it is by default, or drop connections with --tcp-close.",
    Permit = "--tcp-established, --tcp-close",
    CriuMessage = "Connected TCP socket, consider using --tcp-established option.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        options.TcpEstablished || options.TcpClose
            ? []
            : snapshot.OwnSockets.Where(one => one.Socket is
            {
                Family: Families.Inet or Families.Inet6, Protocol: Families.Tcp, State: Families.Established
            or Families.Connecting or Families.HalfOpen or Families.Closing1 or Families.Closing2 or Families.ClosedThere or Families.LastAcknowledge
            or Families.Closing
            })
            .Select(one => Found(one.Owner, $"connection {one.Socket.Local}",
                "Connected TCP socket, consider using --tcp-established option.") with
            { SocketInode = one.Socket.Inode });
}

using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>TCP connection over link-local IPv6.</summary>
internal sealed class LinkLocalConnection() : PreflightRule(new RuleDescription
{
    Id = "LXN062",
    Title = "TCP connection over link-local IPv6",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "Own addresses of connections (inet_diag)",
    Why = "criu dumps the connection, but binds it at the restore without the device that a link-local address (fe80::) needs: the restore fails every time.",
    Remedy = "Connect by another address, end the connection, or drop all connections with --tcp-close.",
    Permit = "--tcp-close",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) => options.TcpClose ? [] :
        snapshot.OwnSockets.Where(one => one.Socket is
        {
            Family: Families.Inet6, Protocol: Families.Tcp, State: not (Families.Listening or Families.Closed),
            LocalAddress.IsIPv6LinkLocal: true
        })
            .Select(one => Found(one.Owner, $"connection {one.Socket.Local}") with { SocketInode = one.Socket.Inode });
}

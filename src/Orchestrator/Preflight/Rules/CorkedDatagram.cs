using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Datagram that is being put together.</summary>
internal sealed class CorkedDatagram() : PreflightRule(new RuleDescription
{
    Id = "LXN060",
    Title = "Datagram that is being put together",
    Severity = FindingSeverity.Blocks,
    SeenBy = "Bytes written and not sent of UDP sockets (inet_diag)",
    Why = "With UDP_CORK or MSG_MORE the program collects a datagram in the kernel, from where it cannot be read.",
    Remedy = "Try again when it has been sent.",
    CriuMessage = "Can't dump corked dgram socket N",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.OwnSockets.Where(one => one.Socket is { Family: Families.Inet or Families.Inet6, Protocol: Families.Udp or Families.UdpLite, Unsent: > 0 })
            .Select(one => Found(one.Owner, $"{one.Socket.Unsent} bytes in {one.Socket.Local}",
                "Can't dump corked dgram socket") with
            { SocketInode = one.Socket.Inode });
}

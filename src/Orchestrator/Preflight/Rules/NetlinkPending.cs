using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Netlink socket with messages to read.</summary>
internal sealed class NetlinkPending() : PreflightRule(new RuleDescription
{
    Id = RuleId,
    Title = "Netlink socket with messages to read",
    Severity = FindingSeverity.Blocks,
    SeenBy = "NETLINK_DIAG_MEMINFO: netlink_diag inside the network namespace",
    Why = "Messages of the kernel that wait in a netlink socket cannot be put back.",
    Remedy = "Try again later: programs usually read at once. One that never reads has to be restarted.",
    CriuMessage = "The socket has data to read",
})
{
    /// <summary>Its id.</summary>
    public const string RuleId = "LXN050";

    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.OwnSockets.Where(one => one.Socket is { Family: Families.Netlink, Unread: > 0 })
            .Select(one => Found(one.Owner, $"{one.Socket.Unread} bytes wait in socket:[{one.Socket.Inode}] (netlink, protocol {one.Socket.Protocol})",
                "The socket has data to read") with
            { SocketInode = one.Socket.Inode });
}

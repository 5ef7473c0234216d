using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Netlink socket in groups, without an address.</summary>
internal sealed class NetlinkWithoutPort() : PreflightRule(new RuleDescription
{
    Id = "LXN052",
    Title = "Netlink socket in groups, without an address",
    Severity = FindingSeverity.Blocks,
    SeenBy = "NETLINK_DIAG_GROUPS and a port id of 0",
    Why = "The socket joined groups and was never bound, which criu does not expect.",
    Remedy = "Stop the program, or make it bind the socket first.",
    CriuMessage = "The netlink socket N is bound to groups but not to portid",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.OwnSockets.Where(one => one.Socket is { Family: Families.Netlink, PortId: 0 } && one.Socket.Groups.Count > 0
            && one.Socket.Groups.All(group => group <= 32))
            .Select(one => Found(one.Owner, $"socket:[{one.Socket.Inode}] is in groups and has no port id",
                $"The netlink socket 0x{one.Socket.Inode:x} is bound to groups but not to portid") with
            { SocketInode = one.Socket.Inode });
}

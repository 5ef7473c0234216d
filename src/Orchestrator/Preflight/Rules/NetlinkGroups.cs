using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Netlink socket in a group above 32.</summary>
internal sealed class NetlinkGroups() : PreflightRule(new RuleDescription
{
    Id = "LXN051",
    Title = "Netlink socket in a group above 32",
    Severity = FindingSeverity.Blocks,
    SeenBy = "NETLINK_DIAG_GROUPS",
    Why = "criu keeps 32 groups of a netlink socket.",
    Remedy = "Stop the program that listens (routing daemons, network managers).",
    CriuMessage = "The netlink socket N has more than 32 groups",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.OwnSockets.Where(one => one.Socket.Family == Families.Netlink && one.Socket.Groups.Any(group => group > 32))
            .Select(one => Found(one.Owner, $"socket:[{one.Socket.Inode}] is in groups above 32",
                $"The netlink socket 0x{one.Socket.Inode:x} has more than 32 groups") with
            { SocketInode = one.Socket.Inode });
}

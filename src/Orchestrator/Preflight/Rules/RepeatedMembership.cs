using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Packet socket with a membership held twice.</summary>
internal sealed class RepeatedMembership() : PreflightRule(new RuleDescription
{
    Id = "LXN061",
    Title = "Packet socket with a membership held twice",
    Severity = FindingSeverity.Blocks,
    SeenBy = "PACKET_DIAG_MCLIST",
    Why = "A packet socket asked for the same multicast or promiscuous membership several times, which criu does not repeat.",
    Remedy = "Stop the program (a packet sniffer).",
    CriuMessage = "Multiple MC membership not supported (but can be)",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.OwnSockets.Where(one => one.Socket is { Family: Families.Packet, Memberships: > 1 })
            .Select(one => Found(one.Owner, $"socket:[{one.Socket.Inode}] has a membership {one.Socket.Memberships} times",
                "Multiple MC membership not supported (but can be)") with
            { SocketInode = one.Socket.Inode });
}

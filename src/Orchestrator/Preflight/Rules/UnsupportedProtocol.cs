using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Internet socket of a protocol that criu does not know.</summary>
internal sealed class UnsupportedProtocol() : PreflightRule(new RuleDescription
{
    Id = "LXN055",
    Title = "Internet socket of a protocol that criu does not know",
    Severity = FindingSeverity.Blocks,
    SeenBy = "system.sockprotoname of sockets that inet_diag does not show",
    Why = "Of internet protocols criu keeps TCP, UDP, UDP-Lite, ICMP and raw sockets.",
    Remedy = "Stop the program. Go programs: GODEBUG=multipathtcp=0 switches MPTCP off.",
    CriuMessage = "Unsupported proto 262 for socket N",
})
{
    // struct proto.name of the kernel, with the protocol's number.
    private static readonly Dictionary<string, int> Numbers = new(StringComparer.Ordinal)
    {
        ["MPTCP"] = 262,
        ["MPTCPv6"] = 262,
        ["SCTP"] = 132,
        ["SCTPv6"] = 132,
        ["DCCP"] = 33,
        ["DCCPv6"] = 33,
        ["SMC"] = 256,
        ["SMC6"] = 256,
        ["L2TP/IP"] = 115,
        ["L2TP/IPv6"] = 115,
    };

    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.UnknownSockets.Select(one => (one.Inode, one.Owner, Name: snapshot.ProtocolNames.GetValueOrDefault(one.Inode)))
            .Where(one => one.Name is not null && Numbers.ContainsKey(one.Name))
            .Select(one => Found(one.Owner, $"socket:[{one.Inode}] is {one.Name}",
                $"Unsupported proto {Numbers[one.Name!]} for socket") with
            { SocketInode = one.Inode });
}

using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Socket of a family that criu does not know.</summary>
internal sealed class UnsupportedSocketFamily() : PreflightRule(new RuleDescription
{
    Id = "LXN056",
    Title = "Socket of a family that criu does not know",
    Severity = FindingSeverity.Blocks,
    SeenBy = "system.sockprotoname of sockets that no diagnosis shows",
    Why = "criu keeps internet, Unix, netlink and packet sockets; vsock, XDP, AF_ALG, CAN, Bluetooth, key management and RDS it does not.",
    Remedy = "Stop the program that has it.",
    CriuMessage = "BUG! Unknown socket collected (family N)",
})
{
    // struct proto.name of the kernel, with the address family of linux/socket.h.
    private static readonly Dictionary<string, int> Numbers = new(StringComparer.Ordinal)
    {
        ["AF_VSOCK"] = 40,
        ["XDP"] = 44,
        ["ALG"] = 38,
        ["CAN_RAW"] = 29,
        ["CAN_BCM"] = 29,
        ["ISOTP"] = 29,
        ["KEY"] = 15,
        ["RDS"] = 21,
        ["TIPC"] = 30,
        ["HCI"] = 31,
        ["L2CAP"] = 31,
        ["RFCOMM"] = 31,
        ["SCO"] = 31,
        ["BNEP"] = 31,
        ["PPPOE"] = 24,
        ["QIPCRTR"] = 42,
        ["KCM"] = 41,
        ["NFC_LLCP"] = 39,
        ["MCTP"] = 45,
    };

    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.UnknownSockets.Select(one => (one.Inode, one.Owner, Name: snapshot.ProtocolNames.GetValueOrDefault(one.Inode)))
            .Where(one => one.Name is not null && Numbers.ContainsKey(one.Name))
            .Select(one => Found(one.Owner, $"socket:[{one.Inode}] is {one.Name}",
                $"BUG! Unknown socket collected (family {Numbers[one.Name!]})") with
            { SocketInode = one.Inode });
}

using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Socket of a network outside.</summary>
internal sealed class SocketOfNetworkOutside() : PreflightRule(new RuleDescription
{
    Id = "LXN063",
    Title = "Socket of a network outside",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "Sockets in /proc/PID/fd that no diagnosis shows, and the network namespace that they say they are of (SIOCGSKNS)",
    Why = "The socket was made in a network namespace that no process of the container is in, and inherited. criu dumps it, and has no namespace to make it "
        + "in: Unable to find a network namespace.",
    Remedy = "Start the container without the inherited descriptor, or make the program close it.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.UnknownSockets.Where(one => snapshot.SocketsOutside.Contains(one.Inode))
            .Select(one => Found(one.Owner,
                $"socket:[{one.Inode}] ({snapshot.ProtocolNames.GetValueOrDefault(one.Inode, "socket")})") with
            { SocketInode = one.Inode });
}

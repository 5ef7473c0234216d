using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Unix socket connected to a process outside.</summary>
internal sealed class UnixPeerOutside() : PreflightRule(new RuleDescription
{
    Id = "LXN058",
    Title = "Unix socket connected to a process outside",
    Severity = FindingSeverity.Blocks,
    SeenBy = "UNIX_DIAG_PEER: the other end is open in no process of the container",
    Why = "Half of a connection cannot be dumped: its other end belongs to a process that stays.",
    Remedy = "End the connection, or give the socket to the restore: --external unix[INODE].",
    Permit = "--external unix[INODE]",
    CriuMessage = "External socket is used. Consider using --ext-unix-sk option.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        foreach (var (socket, owner) in snapshot.OwnSockets.Where(one => one.Socket is { Family: Families.Unix, PeerInode: not 0 }))
        {
            if (snapshot.OwnerOf(socket.PeerInode) is not null || options.External.Contains($"unix[{socket.Inode}]"))
                continue;
            yield return Found(owner,
                $"socket:[{socket.Inode}] is connected to socket:[{socket.PeerInode}]{NameOf(snapshot.Socket(socket.PeerInode))}, which nobody in the "
                + "container has", "External socket is used. Consider using --ext-unix-sk option.") with
            {
                SocketInode = socket.Inode,
                Permit = $"--external unix[{socket.Inode}]",
            };
        }
    }

    private static string NameOf(ObservedSocket? peer) => peer?.Local is { Length: > 0 } name ? $" ({name})" : "";
}

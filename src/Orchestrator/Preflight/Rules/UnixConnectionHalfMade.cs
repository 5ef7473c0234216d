using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Unix connection that is not accepted and not idle.</summary>
internal sealed class UnixConnectionHalfMade() : PreflightRule(new RuleDescription
{
    Id = RuleId,
    Title = "Unix connection that is not accepted and not idle",
    Severity = FindingSeverity.Blocks,
    SeenBy = "UNIX_DIAG_ICONS and queue lengths of Unix sockets",
    Why = "A client has connected to a listening socket, and has already written, or closed, before it was accepted.",
    Remedy = "Try again when the program has accepted.",
    CriuMessage = "Found a closed in-flight socket to N",
})
{
    /// <summary>Its id.</summary>
    public const string RuleId = "LXN059";

    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        foreach (var (socket, owner) in snapshot.OwnSockets.Where(one => one.Socket is { Family: Families.Unix, Waiting.Count: > 0 }))
        {
            foreach (var waiting in socket.Waiting)
            {
                if (waiting == 0)
                    yield return Found(owner, $"a connection waits at socket:[{socket.Inode}] {socket.Local} whose client has closed",
                        "Found a closed in-flight socket to") with
                    {
                        SocketInode = socket.Inode,
                    };
                else if (snapshot.Socket(waiting) is { Unsent: > 0 } client)
                    yield return Found(owner, $"a connection waits at socket:[{socket.Inode}] {socket.Local}, and {client.Unsent} bytes in it",
                        "Non-empty write queue on an in-flight socket") with
                    {
                        SocketInode = socket.Inode,
                    };
            }
        }
    }
}

namespace LxcNative.Orchestrator.Parts.Sockets;

/// <summary>What programs of the container set for their sockets; those that set nothing are left out.</summary>
internal sealed record SocketsState : PartState
{
    /// <summary>The sockets.</summary>
    public IReadOnlyList<SocketSettings> Sockets { get => field ?? []; init; }
}

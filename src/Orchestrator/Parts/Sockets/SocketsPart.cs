namespace LxcNative.Orchestrator.Parts.Sockets;

/// <summary>What programs set for their sockets and criu does not keep: TCP_DEFER_ACCEPT, TCP_USER_TIMEOUT, the congestion control, IP_MINTTL and
/// others.</summary>
internal sealed class SocketsPart() : Part<SocketsState>(SocketsPartJson.Default.SocketsState)
{
    /// <inheritdoc />
    public override string Name => "sockets";

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) =>
        new SocketsSaving(context.Container, context.Snapshot.Processes, context.NetworkNamespace);

    /// <inheritdoc />
    protected override PartReturn Return(SocketsState state, ReturnContext context) => new SocketsReturn(state, context.Recorder);
}

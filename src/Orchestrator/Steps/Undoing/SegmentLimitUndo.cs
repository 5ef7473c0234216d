using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Locking;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Gives a container back its limit of answers to invalid segments, which its checkpoint had lifted.</summary>
/// <param name="Init">Its init, as the host sees it.</param>
/// <param name="StartTime">When that started: its pid may be another's since.</param>
/// <param name="Value">The limit.</param>
internal sealed record SegmentLimitUndo(int Init, ulong StartTime, string Value) : InitUndo(Init, StartTime)
{
    /// <inheritdoc />
    public override string What => "net.ipv4.tcp_invalid_ratelimit";

    /// <inheritdoc />
    protected override void GiveBack()
    {
        using var network = Namespace.Open(Init, NamespaceKind.Net);
        // Opened first, looked at after: a pid that was given away in between is not the one that was looked at.
        if (IsStill)
            InvalidSegmentLimit.Recover(network, Value);
    }
}

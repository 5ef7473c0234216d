using LxcNative.Orchestrator.Locking;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>What a restore's lock did not do as it should, in words.</summary>
internal static class LockShortfalls
{
    /// <summary>Of a lock, if there is one.</summary>
    public static IEnumerable<string> Of(NetworkLock? held)
    {
        if (held?.WhyDropped is { } why)
            yield return $"packets that came before the container ran were dropped, not held: {why}";
        if (held?.Packets is { Overflowed: > 0 and var lost })
            yield return $"{lost} packets were dropped before the container ran: more than {NetworkLock.HeldPackets} came";
    }
}

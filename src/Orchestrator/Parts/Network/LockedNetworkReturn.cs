using LxcNative.Orchestrator.Locking;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>A network that comes back locked, and opens when every socket is there.</summary>
internal abstract class LockedNetworkReturn : PartReturn
{
    /// <summary>The lock; null before there is one.</summary>
    protected abstract NetworkLock? Lock { get; }

    /// <inheritdoc />
    public override IEnumerable<string> Shortfalls
    {
        get
        {
            if (Lock?.WhyDropped is { } why)
                yield return $"packets that came before the container ran were dropped, not held: {why}";
            if (Lock?.Packets is { Overflowed: > 0 and var lost })
                yield return $"{lost} packets were dropped before the container ran: more than {NetworkLock.HeldPackets} came";
        }
    }

    /// <inheritdoc />
    public override LockedPackets? Packets => Lock?.Packets;

    /// <inheritdoc />
    public override bool HoldsPackets => Lock?.Mode == NetworkLockMode.Hold;

    /// <inheritdoc />
    public override void Open() => Lock?.Open();

    /// <inheritdoc />
    public override void Running(int init) => Lock?.Clear();
}

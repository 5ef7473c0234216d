using LxcNative.Orchestrator.Locking;

namespace LxcNative.Cli.Output.Reports;

/// <summary>What became of the packets that came while a network was locked, for programs.</summary>
/// <param name="Mode">hold or drop, as the option names them: what was done, whatever was asked for.</param>
/// <param name="Held">How many were held; null where that is not known, and where they were dropped.</param>
/// <param name="Released">How many of them went on.</param>
/// <param name="Overflowed">How many were dropped because too many were held already.</param>
internal sealed record PacketsReport(string Mode, long? Held, long? Released, long? Overflowed)
{
    /// <summary>That of a result.</summary>
    public static PacketsReport? Of(LockedPackets? packets) => packets switch
    {
        null => null,
        { Mode: NetworkLockMode.Drop } => new("drop", null, null, null),
        { Held: < 0 } => new("hold", null, null, null),
        _ => new("hold", packets.Held, packets.Released, packets.Overflowed),
    };
}

namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>What was made of a bridge.</summary>
/// <param name="Made">Whether the bridge itself was.</param>
/// <param name="Uplink">The device that was made a port of it.</param>
/// <param name="Addresses">The addresses that were added.</param>
/// <param name="Stp">Whether it ran the spanning tree protocol before; null where that was not changed.</param>
/// <param name="ForwardDelayMilliseconds">Its forward delay before.</param>
/// <param name="Mtu">Its MTU before.</param>
/// <param name="SetUp">Whether it was set up.</param>
internal sealed record BridgeRecord(bool Made, string? Uplink, IReadOnlyList<string> Addresses, bool? Stp, double? ForwardDelayMilliseconds, uint? Mtu,
    bool SetUp);

using LxcNative.Netlink.Routing;

namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>A bridge as it is wanted.</summary>
/// <param name="Name">Its name, up to 15 bytes.</param>
public sealed record BridgeWish(string Name)
{
    /// <summary>A device of the host that becomes a port of it and gives it its addresses and routes; null for none.</summary>
    public string? Uplink { get; init; }

    /// <summary>Addresses that it gets.</summary>
    public IReadOnlyList<Prefix> Addresses { get; init; } = [];

    /// <summary>Whether it runs the spanning tree protocol; null for as it is.</summary>
    public bool? Stp { get; init; }

    /// <summary>How long a port listens and learns under that protocol before it forwards; null for as it is.</summary>
    public TimeSpan? ForwardDelay { get; init; }

    /// <summary>Its MTU in bytes; null for as it is.</summary>
    public uint? Mtu { get; init; }
}

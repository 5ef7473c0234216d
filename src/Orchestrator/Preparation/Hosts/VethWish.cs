using LxcNative.Netlink.Routing;

namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>A pair of devices as it is wanted: one end on the host, the other in a container.</summary>
/// <param name="HostName">The host end's name, up to 15 bytes.</param>
public sealed record VethWish(string HostName)
{
    /// <summary>The bridge that the host end becomes a port of; null for none.</summary>
    public string? Bridge { get; init; }

    /// <summary>The name inside.</summary>
    public string InsideName { get; init; } = "eth0";

    /// <summary>Addresses inside.</summary>
    public IReadOnlyList<Prefix> Addresses { get; init; } = [];

    /// <summary>The MTU of both ends in bytes; null for the kernel's own.</summary>
    public uint? Mtu { get; init; }
}

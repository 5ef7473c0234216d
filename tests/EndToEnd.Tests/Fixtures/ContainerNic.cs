namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>A veth pair of a container as its LXC configuration asks for it.</summary>
/// <param name="Bridge">The bridge that the host's end joins.</param>
/// <param name="Host">The last part of its addresses in the bridge's subnet.</param>
public sealed record ContainerNic(HostBridge Bridge, int Host = 2)
{
    /// <summary>Its name inside.</summary>
    public string Name { get; init; } = "eth0";

    /// <summary>The name of the host's end; LXC invents one without it.</summary>
    public string? HostName { get; init; }

    public string? MacAddress { get; init; }

    public int? Mtu { get; init; }

    /// <summary>Whether the bridge's address is the default gateway.</summary>
    public bool IsGateway { get; init; }

    /// <summary>Without IPv6 the container starts a second sooner: no duplicate address detection.</summary>
    public bool HasIpv6 { get; init; } = true;

    /// <summary>The IPv4 address without a prefix length.</summary>
    public string Ipv4 => Bridge.Subnet.Ipv4(Host);

    /// <summary>The IPv6 address without a prefix length.</summary>
    public string Ipv6 => Bridge.Subnet.Ipv6(Host);
}

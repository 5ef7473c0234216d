using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Containers;

/// <summary>A network device inside the container.</summary>
/// <param name="Name">Its name inside.</param>
/// <param name="Index">Its index inside.</param>
/// <param name="Kind">The kernel's kind (veth, macvlan, ...); null for a device without one (a moved physical device).</param>
/// <param name="Address">The MAC, as lower-case hexadecimal with colons.</param>
/// <param name="Mtu">In bytes.</param>
/// <param name="IsUp">Whether it is administratively up.</param>
/// <param name="Host">For a veth, its end on the host; null where it has none that can be seen.</param>
public sealed record ContainerNic(string Name, int Index, string? Kind, string Address, int Mtu, bool IsUp, HostNic? Host)
{
    /// <summary>The host's device that it stands on (macvlan, ipvlan, VLAN); null where it stands on none of the host's.</summary>
    public string? Below { get; init; }

    /// <summary>ARPHRD_ of linux/if_arp.h.</summary>
    [JsonIgnore]
    internal int Type { get; init; }

    /// <summary>Whether this is the loopback device.</summary>
    [JsonIgnore]
    public bool IsLoopback => Name == "lo";
}

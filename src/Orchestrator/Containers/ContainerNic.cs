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
    /// <summary>Whether this is the loopback device.</summary>
    [JsonIgnore]
    public bool IsLoopback => Name == "lo";
}

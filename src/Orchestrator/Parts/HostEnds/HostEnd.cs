using System.Text.Json.Serialization;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>The host's end of a veth pair of the container, as it was or as it shall be.</summary>
/// <param name="Inside">The name of the container's end.</param>
/// <param name="Host">The host's end; an index of 0 leaves it to the kernel, another is taken only if it is free.</param>
/// <param name="Port">Its settings as a port of its bridge, or null.</param>
internal sealed record HostEnd(string Inside, HostNic Host, BridgePortRecord? Port)
{
    /// <summary>What else it was given on the host; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HostSide? Side { get; init; }
}

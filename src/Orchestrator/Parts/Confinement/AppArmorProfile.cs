using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Parts.Confinement;

/// <summary>A profile of the host.</summary>
/// <param name="Name">Its name, without a child's.</param>
/// <param name="Binary">The binary policy it came from; empty where the kernel does not tell.</param>
internal sealed record AppArmorProfile(string Name, byte[] Binary)
{
    /// <summary>Whether it can be loaded again.</summary>
    [JsonIgnore]
    public bool IsSaved => Binary.Length > 0;
}

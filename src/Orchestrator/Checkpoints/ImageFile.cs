using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>A file of the images.</summary>
/// <param name="Name">Its name in the images directory.</param>
/// <param name="Size">In bytes.</param>
public sealed record ImageFile(string Name, long Size)
{
    /// <summary>The SHA-256 of what is in it, 64 hexadecimal digits in lower case; null in images whose checkpoint was ended before it was known, and in those
    /// of 0.1.0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }

    /// <summary>The XXH128 of what is in it, 32 hexadecimal digits in lower case; null where the checkpoint was made before there were checksums, or ended
    /// before it was known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Xxh128 { get; init; }
}

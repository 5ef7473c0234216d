using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>Something of the host that is bound into the container.</summary>
/// <param name="Key">What criu's images call it.</param>
/// <param name="MountPoint">Where it is in the container.</param>
/// <param name="HostPath">Where it is on the host; without a symbolic link in it.</param>
/// <param name="Options">The mount's own options (ro, nosuid, ...), as mountinfo shows them.</param>
internal sealed record ExternalMount(string Key, string MountPoint, string HostPath, string Options)
{
    /// <summary>What is there; null in images of 0.1.0, and where a restore was told to take another.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BindSource? Source { get; init; }

    /// <summary>The key of the mount that shows it to the container too, as what it bound by itself was: it is looked for in that one alone. Null for
    /// none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Within { get; init; }

    /// <summary>Whether it receives what is mounted on the host: criu gives that back by the mount that the host's path is on, which has to show at least as
    /// much.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSlave { get; init; }
}

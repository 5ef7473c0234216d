namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>A place in the container where something is mounted.</summary>
/// <param name="MountPoint">Where.</param>
/// <param name="Options">The mount's own options (ro, nosuid, ...), as mountinfo shows them.</param>
internal sealed record MountPlace(string MountPoint, string Options);

namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>What was mounted.</summary>
/// <param name="Mounts">The mount points, in order.</param>
/// <param name="Directories">The directories that were made for them, in order.</param>
internal sealed record CgroupRecord(IReadOnlyList<string> Mounts, IReadOnlyList<string> Directories);

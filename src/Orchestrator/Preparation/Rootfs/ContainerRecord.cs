namespace LxcNative.Orchestrator.Preparation.Rootfs;

/// <summary>What was changed for a container.</summary>
/// <param name="Config">The configuration's text before; null where it was not changed.</param>
/// <param name="Paths">The paths in its root file system that were changed.</param>
internal sealed record ContainerRecord(string? Config, IReadOnlyList<string> Paths);

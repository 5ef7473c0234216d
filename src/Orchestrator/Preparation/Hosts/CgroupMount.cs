namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>A cgroup mount that is wanted.</summary>
/// <param name="What">In words.</param>
/// <param name="Point">Where.</param>
/// <param name="IsThere">Whether it, or the same hierarchy elsewhere, is mounted.</param>
internal sealed record CgroupMount(string What, string Point, bool IsThere)
{
    public string Type { get; init; } = "cgroup";

    public string Source { get; init; } = "cgroup";

    public string? Data { get; init; }

    /// <summary>A mount of the same hierarchy to be bound; null to mount it.</summary>
    public string? BindFrom { get; init; }

    /// <summary>Why it cannot be mounted; null where nothing is known to stand in the way.</summary>
    public string? Obstacle { get; init; }
}

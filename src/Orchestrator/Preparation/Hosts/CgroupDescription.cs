namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>Cgroup mounts in a <see cref="HostDescription"/>.</summary>
public sealed record CgroupDescription
{
    /// <summary>What is mounted.</summary>
    public required CgroupLayoutWish Layout { get; init; }

    /// <summary>Where; null for the usual place.</summary>
    public string? At { get; init; }
}

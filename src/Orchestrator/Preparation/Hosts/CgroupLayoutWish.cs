namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>How cgroup file systems are to be mounted.</summary>
public enum CgroupLayoutWish
{
    /// <summary>All controllers in one version 1 hierarchy, like <c>mount -t cgroup c /cgroup</c>.</summary>
    Legacy,

    /// <summary>A version 1 hierarchy for each controller, below one directory.</summary>
    V1,

    /// <summary>The version 2 hierarchy alone.</summary>
    V2,

    /// <summary>Version 1 for each controller, and version 2 without controllers on <c>unified</c>.</summary>
    Hybrid,
}

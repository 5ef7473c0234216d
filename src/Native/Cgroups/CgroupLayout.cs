namespace LxcNative.Native.Cgroups;

/// <summary>Which cgroup hierarchies are mounted.</summary>
public enum CgroupLayout
{
    /// <summary>None.</summary>
    None,

    /// <summary>Only v1 hierarchies.</summary>
    Legacy,

    /// <summary>v1 hierarchies, and v2 besides.</summary>
    Hybrid,

    /// <summary>Only v2.</summary>
    Unified,
}

namespace LxcNative.Native.Criu;

/// <summary>What criu does about cgroups (--manage-cgroups); values are libcriu's.</summary>
public enum CriuManageCgroups
{
    /// <summary>Cgroups are neither dumped nor entered at restore; the caller places the tasks.</summary>
    Ignore = 0,

    /// <summary>Tasks are put into existing cgroups, whose properties are left alone.</summary>
    None = 1,

    /// <summary>Properties are restored, cgroups must exist.</summary>
    Props = 2,

    /// <summary>Missing cgroups are made, with properties; existing ones are left alone.</summary>
    Soft = 3,

    /// <summary>Cgroups and properties are always restored.</summary>
    Full = 4,

    /// <summary>As <see cref="Full"/>, but an existing cgroup is an error.</summary>
    Strict = 5,
}

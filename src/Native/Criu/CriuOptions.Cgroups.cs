namespace LxcNative.Native.Criu;

public sealed partial class CriuOptions
{
    /// <summary>What criu does about cgroups; criu's own default is <see cref="CriuManageCgroups.Soft"/>.</summary>
    public CriuManageCgroups ManageCgroups
    {
        get;
        set
        {
            SetNumber("criu_local_set_manage_cgroups_mode", (int)value);
            field = value;
        }
    } = CriuManageCgroups.Soft;

    /// <summary>At restore, another cgroup as the root of the container's.</summary>
    /// <param name="controllers">The controllers of the hierarchy, separated by commas; null for all hierarchies.</param>
    /// <param name="path">The cgroup, from the root of the hierarchy.</param>
    public void AddCgroupRoot(string? controllers, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SetPair("criu_local_add_cg_root", controllers, path);
    }

    /// <summary>An absolute directory with an entry for each hierarchy, named like its controllers (<c>unified</c> for version 2), that criu uses
    /// instead of mounting the hierarchies itself, which takes some milliseconds of a dump's pause.</summary>
    public string? CgroupYard
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            SetText("criu_local_add_cg_yard", value);
            field = value;
        }
    }

    /// <summary>The absolute directory of a freezer cgroup that holds the whole tree and nothing else. criu thaws it; one that the caller froze is frozen again
    /// after a dump that leaves running.</summary>
    public string? FreezeCgroup
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            SetText("criu_local_set_freeze_cgroup", value);
            field = value;
        }
    }
}

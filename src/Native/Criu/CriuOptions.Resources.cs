namespace LxcNative.Native.Criu;

public sealed partial class CriuOptions
{
    /// <summary>File locks held by the tasks are dumped; without it they are an error.</summary>
    public bool FileLocks
    {
        get;
        set
        {
            SetFlag("criu_local_set_file_locks", value);
            field = value;
        }
    }

    /// <summary>The tasks belong to a session or a terminal from outside of the tree.</summary>
    public bool ShellJob
    {
        get;
        set
        {
            SetFlag("criu_local_set_shell_job", value);
            field = value;
        }
    }

    /// <summary>One terminal's master is outside of the tree; at restore its new master arrives with <see cref="CriuNotifyAction.OrphanPtsMaster"/>. criu
    /// 3.15.</summary>
    public bool OrphanPtsMaster
    {
        get;
        set
        {
            SetFlag("criu_local_set_orphan_pts_master", value);
            field = value;
        }
    }

    /// <summary>Unlinked files that still have another name are kept by a temporary link beside them.</summary>
    public bool LinkRemap
    {
        get;
        set
        {
            SetFlag("criu_local_set_link_remap", value);
            field = value;
        }
    }

    /// <summary>The most bytes an unlinked file may have to go into the images; criu's default is 1 MiB.</summary>
    public uint GhostLimit
    {
        get;
        set
        {
            SetNumber("criu_local_set_ghost_limit", unchecked((int)value));
            field = value;
        }
    } = 1 << 20;

    /// <summary>A device whose path is not reachable may be dumped by another path to the same device.</summary>
    public bool EvasiveDevices
    {
        get;
        set
        {
            SetFlag("criu_local_set_evasive_devices", value);
            field = value;
        }
    }

    /// <summary>Paths of watched inodes are searched for by walking directories.</summary>
    public bool ForceIrmap
    {
        get;
        set
        {
            SetFlag("criu_local_set_force_irmap", value);
            field = value;
        }
    }

    /// <summary>A further directory for <see cref="ForceIrmap"/> to walk.</summary>
    public void AddIrmapPath(string path) => SetText("criu_local_add_irmap_path", path);

    /// <summary>Declares a resource from outside of the container (--external), e.g. <c>net[INODE]:KEY</c>, <c>mnt[/in/container]:KEY</c>.</summary>
    public void AddExternal(string specification)
    {
        ArgumentException.ThrowIfNullOrEmpty(specification);
        SetText("criu_local_add_external", specification);
    }

    /// <summary>Declares a mount from outside: at a dump, the mount point and a name for it; at a restore, that name and the path on the host.</summary>
    public void AddExternalMount(string key, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        SetPair("criu_local_add_ext_mount", key, value);
    }

    /// <summary>Mounts from outside are recognised by comparing with criu's own mounts. Must be set at the restore too.</summary>
    public bool AutoExternalMounts
    {
        get;
        set
        {
            SetFlag("criu_local_set_auto_ext_mnt", value);
            field = value;
        }
    }

    /// <summary>Also recognises shared mounts from outside.</summary>
    public bool ExternalSharing
    {
        get;
        set
        {
            SetFlag("criu_local_set_ext_sharing", value);
            field = value;
        }
    }

    /// <summary>Also recognises slave mounts whose master is outside.</summary>
    public bool ExternalMasters
    {
        get;
        set
        {
            SetFlag("criu_local_set_ext_masters", value);
            field = value;
        }
    }

    /// <summary>A file system that criu does not know but may mount again as it was; <c>all</c> for every one.</summary>
    public void AddEnabledFileSystem(string name) => SetText("criu_local_add_enable_fs", name);

    /// <summary>A mount point that is left out of the images.</summary>
    public void AddSkipMount(string mountPoint) => SetText("criu_local_add_skip_mnt", mountPoint);

    /// <summary>Restores mounts the way criu did before MOVE_MOUNT_SET_GROUP (Linux 5.15). criu 3.17.</summary>
    public bool MountNamespaceCompatibility
    {
        get;
        set
        {
            SetFlag("criu_local_set_mntns_compat_mode", value);
            field = value;
        }
    }
}

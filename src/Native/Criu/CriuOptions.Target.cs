using LxcNative.Native.Handles;

namespace LxcNative.Native.Criu;

public sealed partial class CriuOptions
{
    /// <summary>The root of the process tree to dump, as this process sees it. Unset would mean this process itself.</summary>
    public int Pid
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            SetNumber("criu_local_set_pid", value);
            field = value;
        }
    }

    /// <summary>The directory of the images. Must be set. criu opens it as /proc/OUR-PID/fd/N, so it stays the caller's and must stay open until the call has
    /// ended.</summary>
    public FileDescriptor? ImagesDirectory
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            SetNumber("criu_local_set_images_dir_fd", value.Number);
            field = value;
        }
    }

    /// <summary>The directory of logs and statistics; the images' when unset. As with <see cref="ImagesDirectory"/>, the caller keeps it open.</summary>
    public FileDescriptor? WorkDirectory
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            SetNumber("criu_local_set_work_dir_fd", value.Number);
            field = value;
        }
    }

    /// <summary>The log's name inside of the work directory. criu takes no path here.</summary>
    public string? LogFile
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            if (value.Contains('/'))
                throw new ArgumentException("criu takes a file name here: the work directory says where.", nameof(value));
            SetText("criu_local_set_log_file", value);
            field = value;
        }
    }

    /// <summary>How much criu logs: 1 errors, 2 warnings (criu's default), 3 progress, 4 everything.</summary>
    public int LogLevel
    {
        get;
        set
        {
            SetNumber("criu_local_set_log_level", value);
            field = value;
        }
    }

    /// <summary>At restore, the directory that becomes the root of the mount namespace. It must be a mount point.</summary>
    public string? Root
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            SetText("criu_local_set_root", value);
            field = value;
        }
    }

    /// <summary>After the dump the tasks go on instead of being killed.</summary>
    public bool LeaveRunning
    {
        get;
        set
        {
            SetFlag("criu_local_set_leave_running", value);
            field = value;
        }
    }

    /// <summary>Seconds that criu may take to stop all tasks. Covers nothing after that.</summary>
    public int Timeout
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            SetNumber("criu_local_set_timeout", value);
            field = value;
        }
    }

    /// <summary>The directory of the images that this dump builds upon, relative to the images' directory.</summary>
    public string? ParentImages
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            SetText("criu_local_set_parent_images", value);
            field = value;
        }
    }

    /// <summary>Lets the kernel note changed pages, for a next, smaller dump. Needs a kernel with soft-dirty.</summary>
    public bool TrackMemory
    {
        get;
        set
        {
            SetFlag("criu_local_set_track_mem", value);
            field = value;
        }
    }

    /// <summary>Another LSM profile for the restored tasks, as <c>selinux:LABEL</c> or <c>apparmor:PROFILE</c>; <c>none:</c> for none.</summary>
    public string? LsmProfile
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            SetText("criu_local_set_lsm_profile", value);
            field = value;
        }
    }

    /// <summary>A configuration file that overrides these options, for what libcriu has no setter for (file-validation, libdir, ...). criu 4.2.</summary>
    /// <remarks>One long option a line without its dashes. A missing file is silently ignored by criu; a syntax error ends criu (ECOMM).</remarks>
    public string? ConfigFile
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            SetText("criu_local_set_config_file", value);
            field = value;
        }
    }
}

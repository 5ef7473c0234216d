using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Steps;

/// <summary>/run/lxcnative: the one place for what must not outlive the host's uptime. Everything in it is named here, and nowhere else.</summary>
internal static class RunDirectory
{
    /// <summary>The directory itself; 0700, as everything below it. Where a container with a user namespace was restored, 0711, and so are the ways to its
    /// mount points: its root has to come through.</summary>
    public const string Path = "/run/lxcnative";

    /// <summary>The files that are locked by who checkpoints or restores a container.</summary>
    public const string Claims = Path + "/claims";

    /// <summary>The records of restored containers.</summary>
    public const string Containers = Path + "/containers";

    /// <summary>What criu found out about the kernel.</summary>
    public const string Kerndat = Path + "/criu";

    /// <summary>The records of what a host was prepared with.</summary>
    public const string Host = Path + "/host";

    /// <summary>The journals of runs that are under way, or died.</summary>
    public const string Journals = Path + "/journals";

    /// <summary>Which network namespaces are locked, a file each.</summary>
    public const string Locks = Path + "/locks";

    /// <summary>By which means the kernel queues packets.</summary>
    public const string LockMeans = Path + "/lock-means";

    /// <summary>The mount points of restores, a directory each.</summary>
    public const string Restores = Path + "/restores";

    /// <summary>The place of a rehearsal, by its name: a directory that only its process fills.</summary>
    public static string RehearsalOf(string id) => System.IO.Path.Combine(Restores, id);

    /// <summary>What shows criu the host's cgroup hierarchies, a directory each dump.</summary>
    public const string Yards = Path + "/yards";

    /// <summary>The place of the restore that a process carries out.</summary>
    public static string RestoreOf(int pid) => System.IO.Path.Combine(Restores, pid.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Makes a directory, and those above it, for root alone.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static string Make(string path)
    {
        PrivateDirectory.Create(path);
        return path;
    }
}

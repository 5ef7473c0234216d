using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Compares a namespace inside of the container with the init's: where a process cannot tell by what it sees or uses which of them it is in, it can
/// come back in the init's.</summary>
internal static class NamespaceComparison
{
    /// <summary>The kinds that can be alike. Pids, users and clocks of another namespace are never those of the init's.</summary>
    public const NamespaceKind Kinds = NamespaceKind.Uts | NamespaceKind.Ipc | NamespaceKind.Cgroup;

    // Any directory that is there, in a mount namespace of one's own.
    private const string Place = "/run";
    private static readonly NamespaceKind[] s_each = [NamespaceKind.Uts, NamespaceKind.Ipc, NamespaceKind.Cgroup];
    private static readonly string[] s_ipcObjects = ["shm", "msg", "sem"];

    // Names below /proc/sys; one that the kernel has not is alike.
    private static readonly string[] s_ipcSettings =
    [
        "kernel/shmmax", "kernel/shmall", "kernel/shmmni", "kernel/shm_rmid_forced", "kernel/msgmax", "kernel/msgmnb", "kernel/msgmni", "kernel/sem",
        "kernel/auto_msgmni",
        "fs/mqueue/queues_max", "fs/mqueue/msg_max", "fs/mqueue/msgsize_max", "fs/mqueue/msg_default", "fs/mqueue/msgsize_default",
    ];

    /// <summary>The kinds of which a process has a namespace that the init has not.</summary>
    public static NamespaceKind Others(NamespaceInodes one, NamespaceInodes home) =>
        s_each.Where(kind => one.Of(kind) != home.Of(kind)).Aggregate(NamespaceKind.None, (all, kind) => all | kind);

    /// <summary>Every namespace of these kinds that is not the init's, by inode, with what makes it another, in words; null where nothing does.</summary>
    /// <param name="processes">The processes, the init first.</param>
    public static IReadOnlyDictionary<ulong, string?> Of(IReadOnlyList<ObservedProcess> processes)
    {
        var (init, found) = (processes[0], new Dictionary<ulong, string?>());
        foreach (var process in processes.Where(process => process.Namespaces.Mount != 0 && process.Namespaces.User == init.Namespaces.User))
            foreach (var kind in s_each)
                if (process.Namespaces.Of(kind) is var inode && inode != init.Namespaces.Of(kind) && !found.ContainsKey(inode)
                    && TryCompare(kind, process.Pid, init.Pid, out var difference))
                    found.Add(inode, difference);
        return found;
    }

    /// <summary>Compares a process's namespace with the init's.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="pid">The process.</param>
    /// <param name="init">The init.</param>
    /// <param name="difference">What makes it another, in words; null where nothing does.</param>
    /// <returns>False where the process has ended.</returns>
    public static bool TryCompare(NamespaceKind kind, int pid, int init, out string? difference)
    {
        difference = null;
        try
        {
            difference = kind switch
            {
                NamespaceKind.Uts => OfUts(pid, init),
                NamespaceKind.Ipc => OfIpc(pid, init),
                _ => OfCgroup(pid, init),
            };
            return true;
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            return false;
        }
        catch (LinuxException e)
        {
            difference = $"it cannot be looked into: {e.Message}";
            return true;
        }
    }

    private static string? OfUts(int pid, int init)
    {
        var (own, home) = (Names(pid), Names(init));
        return own == home ? null : $"it is called {own.Host} ({own.Domain}), not {home.Host} ({home.Domain})";

        static (string Host, string Domain) Names(int of) => Inside(of, NamespaceKind.Uts, () =>
            (KernelFile.ReadText("/proc/sys/kernel/hostname").TrimEnd('\n'), KernelFile.ReadText("/proc/sys/kernel/domainname").TrimEnd('\n')));
    }

    private static string? OfIpc(int pid, int init)
    {
        var own = Inside(pid, NamespaceKind.Ipc, () => (Object: FirstObject(), Settings: IpcSettings()));
        if (own.Object is not null)
            return own.Object;
        var home = Inside(init, NamespaceKind.Ipc, IpcSettings);
        for (var i = 0; i < home.Length; i++)
            if (own.Settings[i] != home[i])
                return $"{s_ipcSettings[i]} is another in it";
        return null;
    }

    private static string? OfCgroup(int pid, int init)
    {
        var (own, home) = (CgroupNamespaceRoot.Read(pid).Entries, CgroupNamespaceRoot.Read(init).Entries);
        return own.Select(entry => entry.Path).SequenceEqual(home.Select(entry => entry.Path)) ? null : "its root is another cgroup";
    }

    private static string? FirstObject()
    {
        // A line of titles, then one for each.
        if (s_ipcObjects.FirstOrDefault(kind => KernelFile.ReadText($"/proc/sysvipc/{kind}").TrimEnd('\n').Contains('\n')) is { } found)
            return $"it holds System V objects (/proc/sysvipc/{found})";
        return NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, () =>
        {
            Mount.SetPropagation("/", Propagation.Slave, recursive: true);
            Mount.MountFileSystem("mqueue", "mqueue", Place);
            return DirectoryListing.Read(Place).Count == 0 ? null : "it holds POSIX message queues";
        });
    }

    private static string[] IpcSettings() => [.. s_ipcSettings.Select(name =>
    {
        try
        {
            return KernelFile.ReadText($"/proc/sys/{name}");
        }
        catch (SyscallException e) when (e.Errno == Errno.ENOENT)
        {
            return "";
        }
    })];

    private static T Inside<T>(int pid, NamespaceKind kind, Func<T> look)
    {
        using var opened = Namespace.Open(pid, kind);
        return NamespaceThread.Run(look, opened);
    }
}

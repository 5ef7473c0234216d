using LxcNative.Native.Uapi;

namespace LxcNative.Native.Namespaces;

/// <summary>A kind of namespace (namespaces(7)); the values are the CLONE_NEW flags.</summary>
[Flags]
public enum NamespaceKind
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Mount points.</summary>
    Mount = Sched.CLONE_NEWNS,

    /// <summary>Host name.</summary>
    Uts = Sched.CLONE_NEWUTS,

    /// <summary>System V IPC and POSIX message queues.</summary>
    Ipc = Sched.CLONE_NEWIPC,

    /// <summary>User and group ids, capabilities.</summary>
    User = Sched.CLONE_NEWUSER,

    /// <summary>Process ids.</summary>
    Pid = Sched.CLONE_NEWPID,

    /// <summary>Network.</summary>
    Net = Sched.CLONE_NEWNET,

    /// <summary>Root of the cgroup trees.</summary>
    Cgroup = Sched.CLONE_NEWCGROUP,

    /// <summary>Offsets of the monotonic and the boot clock.</summary>
    Time = Sched.CLONE_NEWTIME,
}

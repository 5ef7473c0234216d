using LxcNative.Native.Namespaces;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>The inodes of a process's namespaces; 0 where the kernel has none of the kind, or nothing lives there yet.</summary>
internal readonly record struct NamespaceInodes(
    ulong Mount, ulong Net, ulong Pid, ulong Uts, ulong Ipc, ulong User, ulong Cgroup, ulong Time, ulong PidForChildren, ulong TimeForChildren)
{
    /// <summary>That of a kind.</summary>
    /// <param name="kind">A single kind.</param>
    public ulong Of(NamespaceKind kind) => kind switch
    {
        NamespaceKind.Mount => Mount,
        NamespaceKind.Net => Net,
        NamespaceKind.Pid => Pid,
        NamespaceKind.Uts => Uts,
        NamespaceKind.Ipc => Ipc,
        NamespaceKind.User => User,
        NamespaceKind.Cgroup => Cgroup,
        NamespaceKind.Time => Time,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a single kind of namespace."),
    };
}

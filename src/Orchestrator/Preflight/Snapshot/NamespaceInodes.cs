namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>The inodes of a process's namespaces; 0 where the kernel has none of the kind, or nothing lives there yet.</summary>
internal readonly record struct NamespaceInodes(
    ulong Mount, ulong Net, ulong Pid, ulong Uts, ulong Ipc, ulong User, ulong Cgroup, ulong Time, ulong PidForChildren, ulong TimeForChildren);

namespace LxcNative.Native.Namespaces;

/// <summary>What can be said of a <see cref="NamespaceKind"/>.</summary>
public static class NamespaceKindExtensions
{
    extension(NamespaceKind kind)
    {
        /// <summary>Every single kind.</summary>
        public static IReadOnlyList<NamespaceKind> All =>
        [
            NamespaceKind.Mount, NamespaceKind.Uts, NamespaceKind.Ipc, NamespaceKind.User,
            NamespaceKind.Pid, NamespaceKind.Net, NamespaceKind.Cgroup, NamespaceKind.Time,
        ];

        /// <summary>The name of the link in /proc/PID/ns.</summary>
        /// <exception cref="ArgumentOutOfRangeException">Not a single kind.</exception>
        public string FileName => kind switch
        {
            NamespaceKind.Mount => "mnt",
            NamespaceKind.Uts => "uts",
            NamespaceKind.Ipc => "ipc",
            NamespaceKind.User => "user",
            NamespaceKind.Pid => "pid",
            NamespaceKind.Net => "net",
            NamespaceKind.Cgroup => "cgroup",
            NamespaceKind.Time => "time",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a single kind of namespace."),
        };
    }
}

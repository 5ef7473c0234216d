using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;

namespace LxcNative.Native.Cgroups;

/// <summary>The root of a process's cgroup namespace (cgroup_namespaces(7)): the cgroups that it was given, wherever below them it is now.</summary>
/// <remarks>An init such as systemd moves itself into a cgroup below. What is mounted in a container does not tell the root on version 1; what the kernel
/// calls the process's cgroup inside, beside what it calls it here, does in every layout.</remarks>
public static class CgroupNamespaceRoot
{
    private const int Attempts = 16;

    /// <summary>Reads it: the process's membership, with the namespace's root for the path in every hierarchy.</summary>
    /// <remarks>Where the process was moved out of its namespace's root, which then has no name that could be read, its own path stays.</remarks>
    /// <exception cref="SyscallException">ENOENT or ESRCH: there is no such process. EPERM: its namespace cannot be entered.</exception>
    /// <exception cref="MalformedProcFileException">The kernel's text is not understood.</exception>
    public static CgroupMembership Read(int pid)
    {
        using var root = Namespace.Open(pid, NamespaceKind.Cgroup);
        using var home = Namespace.OpenSelf(NamespaceKind.Cgroup);
        return NamespaceThread.Run(() => Settle(pid, root, home));
    }

    /// <summary>The roots, from the same membership as it is seen outside and inside of the namespace.</summary>
    public static CgroupMembership Of(CgroupMembership outside, CgroupMembership inside)
    {
        ArgumentNullException.ThrowIfNull(outside);
        ArgumentNullException.ThrowIfNull(inside);
        return new CgroupMembership([.. outside.Entries.Select(entry => inside.Entries.FirstOrDefault(other => IsSameHierarchy(entry, other)) is { } below
            ? RootOf(entry, below)
            : entry)]);
    }

    // A process that moves between the two looks would be told a root that never was.
    private static CgroupMembership Settle(int pid, FileDescriptor root, FileDescriptor home)
    {
        var outside = CgroupMembership.Read(pid);
        for (var attempt = 0; ; attempt++)
        {
            Namespace.Enter(root, NamespaceKind.Cgroup);
            var inside = CgroupMembership.Read(pid);
            Namespace.Enter(home, NamespaceKind.Cgroup);
            var again = CgroupMembership.Read(pid);
            if (again.Entries.Select(entry => entry.Path).SequenceEqual(outside.Entries.Select(entry => entry.Path)) || attempt == Attempts)
                return Of(again, inside);
            outside = again;
        }
    }

    private static CgroupEntry RootOf(CgroupEntry outside, CgroupEntry inside)
    {
        if (inside.Path == "/" || !IsWithin(inside.Path) || !outside.Path.EndsWith(inside.Path, StringComparison.Ordinal))
            return outside;
        var root = outside.Path[..^inside.Path.Length];
        // Of a cgroup that was removed it is not known whether the root was removed too; its directory tells.
        return outside with { Path = root.Length == 0 ? "/" : root, IsDeleted = false };
    }

    // A cgroup may be called "..data".
    private static bool IsWithin(string path) => path != "/.." && !path.StartsWith("/../", StringComparison.Ordinal);

    private static bool IsSameHierarchy(CgroupEntry one, CgroupEntry other) =>
        one.HierarchyId == other.HierarchyId && one.Name == other.Name && one.Controllers.SequenceEqual(other.Controllers, StringComparer.Ordinal);
}

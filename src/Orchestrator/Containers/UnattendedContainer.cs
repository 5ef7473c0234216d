using System.Globalization;
using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Engines.Lxc;

namespace LxcNative.Orchestrator.Containers;

/// <summary>A container that runs though no monitor answers for it: restored and left to the host's init, or one whose monitor was killed. Starting it would
/// make a second one over the same root.</summary>
internal static class UnattendedContainer
{
    /// <summary>The first process that is in LXC's cgroup for a container of that name, as the host sees it; null when none is.</summary>
    public static int? ProcessOf(string name)
    {
        foreach (var pid in ProcessIds.Read())
            // An init that nobody has waited for yet keeps its cgroups, and is no container any more.
            if (IsOf(name, pid) && ProcessGlance.Stat(pid) is { HasEnded: false })
                return pid;
        return null;
    }

    private static bool IsOf(string name, int pid)
    {
        try
        {
            return CgroupMembership.Read(pid).Entries.Any(entry => LxcCgroup.NameIn(entry.Path) is { } found && IsNameOf(name, found));
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            return false;
        }
    }

    // LXC counts on where a cgroup of the name is there already: NAME-1, NAME-2, ...
    private static bool IsNameOf(string name, string found) =>
        found.StartsWith(name, StringComparison.Ordinal)
        && (found.Length == name.Length
        || (found[name.Length] == '-' && int.TryParse(found.AsSpan(name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)));
}

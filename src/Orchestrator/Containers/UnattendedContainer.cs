using System.Globalization;
using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Containers;

/// <summary>A container that runs though no monitor answers for it: restored and left to the host's init, or one whose monitor was killed. Starting it would
/// make a second one over the same root.</summary>
internal static class UnattendedContainer
{
    /// <summary>How it comes that nobody looks after one.</summary>
    public const string Reason = "it was restored without one, or its monitor was killed";

    /// <summary>The first process that is in LXC's cgroup for a container of that name, as the host sees it, and is of no other container; null when none
    /// is.</summary>
    /// <param name="name">The name.</param>
    /// <param name="lxcPath">Where LXC keeps it.</param>
    public static int? ProcessOf(string name, string lxcPath)
    {
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pid in ProcessIds.Read())
            // An init that nobody has waited for yet keeps its cgroups, and is no container any more.
            if (CgroupOf(name, pid) is { } found && !others.Contains(found) && ProcessGlance.Stat(pid) is { HasEnded: false })
            {
                if (!IsOther(found, pid, name, lxcPath))
                    return pid;
                others.Add(found);
            }

        return null;
    }

    private static string? CgroupOf(string name, int pid)
    {
        try
        {
            return CgroupMembership.Read(pid).Entries.Select(entry => LxcCgroup.NameIn(entry.Path))
                .FirstOrDefault(found => found is not null && IsNameOf(name, found));
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            return null;
        }
    }

    // LXC counts on where a cgroup of the name is there already: NAME-1, NAME-2, ...
    private static bool IsNameOf(string name, string found) =>
        found.StartsWith(name, StringComparison.Ordinal)
        && (found.Length == name.Length
        || (found[name.Length] == '-' && int.TryParse(found.AsSpan(name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)));

    // One that is kept elsewhere, or is called NAME-1 itself.
    private static bool IsOther(string found, int pid, string name, string lxcPath)
    {
        if (found != name && KnownContainers.IsDefined(found, lxcPath))
            return true;
        try
        {
            var init = ContainerInit.Find(pid);
            return RunningContainers.ByInit(init, ProcStat.Read(init).ParentPid) is { } other && other != (lxcPath, name);
        }
        catch (Exception e) when (e is LxcNativeException or SyscallException)
        {
            // Nobody knows whose it is: it may be this one's.
            return false;
        }
    }
}

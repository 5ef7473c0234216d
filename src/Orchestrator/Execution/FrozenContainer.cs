using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Execution;

/// <summary>Whether a container is frozen: whoever enters its cgroups is, too.</summary>
internal static class FrozenContainer
{
    /// <summary>Refuses one that is.</summary>
    /// <exception cref="RefusedException">It is frozen.</exception>
    public static void Refuse(Container container)
    {
        foreach (var cgroup in container.Cgroups.Where(one => one is { Directory: not null, Path: not "/" }))
            if (cgroup.IsUnified ? Read($"{cgroup.Directory}/cgroup.events").Contains("frozen 1", StringComparison.Ordinal)
                : cgroup.Controllers.Contains("freezer") && !Read($"{cgroup.Directory}/freezer.state").StartsWith("THAWED", StringComparison.Ordinal))
                throw new RefusedException($"{container.Name} is frozen, and whatever enters it would be too: thaw it first (lxc-unfreeze)");
    }

    private static string Read(string file)
    {
        try
        {
            return KernelFile.ReadText(file);
        }
        catch (SyscallException e) when (e.Errno == Errno.ENOENT)
        {
            // The root of the hierarchy, or a kernel without it, freezes nobody.
            return "THAWED";
        }
    }
}

using LxcNative.Native.Criu.Images;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Cgroups;

/// <summary>Enables the controllers of the container's version 2 cgroups in criu's place: when its init is in the cgroup that it is to be in, and before a
/// task looks for their files.</summary>
/// <remarks>Enabled earlier, the kernel would let no process into the container's own cgroup (EBUSY), through which criu's go; criu itself does it
/// last.</remarks>
internal static class ControllerEnabling
{
    /// <summary>Puts a copy of the image of cgroups without them to <paramref name="copy"/>.</summary>
    /// <param name="original">cgroup.img.</param>
    /// <param name="copy">Where the copy goes.</param>
    /// <param name="enabled">What has to be enabled; nothing where no copy was needed.</param>
    /// <returns>How many cgroups there are.</returns>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static int TakeOut(string original, string copy, out IReadOnlyList<SubtreeControl> enabled)
    {
        var repaired = SubtreeControlRepair.Repair(File.ReadAllBytes(original), original, out enabled);
        if (enabled.Count > 0)
            File.WriteAllBytes(copy, repaired);
        return enabled.Count;
    }

    /// <summary>Enables them.</summary>
    /// <param name="cgroups">The container's cgroups.</param>
    /// <param name="wanted">What, a cgroup before those below it.</param>
    /// <returns>What could not be enabled, in words.</returns>
    public static IEnumerable<string> Enable(IReadOnlyList<ContainerCgroup> cgroups, IReadOnlyList<SubtreeControl> wanted)
    {
        if (wanted.Count == 0 || cgroups.FirstOrDefault(one => one is { IsUnified: true, Directory: not null }) is not { } root)
            yield break;
        foreach (var (path, controllers) in wanted)
        {
            // Images need not be of this host's kernel, which has no such cgroup.
            if (path.Split('/').Any(name => name is "." or ".."))
                continue;
            var file = Path.Combine(root.Directory!, path, "cgroup.subtree_control");
            string? trouble = null;
            try
            {
                KernelFile.WriteText(file, string.Join(' ', controllers.Select(controller => $"+{controller}")));
            }
            catch (SyscallException e)
            {
                trouble = e.Message;
            }

            if (trouble is not null)
                yield return $"cgroups below {Path.GetDirectoryName(file)} have not the controllers {string.Join(' ', controllers)}: {trouble}";
        }
    }
}

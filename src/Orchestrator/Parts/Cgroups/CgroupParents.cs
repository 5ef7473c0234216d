using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Cgroups;

/// <summary>The cgroups above the container's own. They may have gone with the container: a container that a user started is in a scope of the user's systemd,
/// which removes that when it is empty; and where nobody else needs them, the controllers are taken back from what is above the scope.</summary>
internal static class CgroupParents
{
    private const string Controllers = "cgroup.controllers", Enabled = "cgroup.subtree_control";

    // What whoever is given a cgroup may write (cgroups(7), delegation).
    private static readonly string[] Delegated = ["cgroup.procs", "cgroup.threads", Enabled];

    /// <summary>The controllers that the container's version 2 cgroup has; none where there is no such.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    public static IReadOnlyList<string> AvailableTo(IReadOnlyList<ContainerCgroup> cgroups) =>
        cgroups.FirstOrDefault(one => one is { IsUnified: true, Directory: not null })?.Directory is { } directory ? Words(directory, Controllers) : [];

    /// <summary>Those that are not on this host, the highest first.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyList<ContainerCgroup> cgroups) =>
        [.. cgroups.SelectMany(cgroup => cgroup.Above()).Where(directory => !Directory.Exists(directory)).Distinct()];

    /// <summary>Makes them, as their parents' owners', and lets the container's own have its controllers.</summary>
    /// <param name="cgroups">The container's cgroups.</param>
    /// <param name="controllers">The controllers that it had.</param>
    /// <returns>What could not be enabled, in words.</returns>
    /// <exception cref="LinuxException">One cannot be made.</exception>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static IReadOnlyList<string> Make(IReadOnlyList<ContainerCgroup> cgroups, IReadOnlyList<string> controllers)
    {
        var shortfalls = new List<string>();
        foreach (var (directory, isUnified) in cgroups.SelectMany(cgroup => cgroup.Above().Select(directory => (directory, cgroup.IsUnified))).Distinct())
        {
            if (!Directory.Exists(directory))
                Make(directory, isUnified);
            if (isUnified)
                Enable(directory, controllers, shortfalls);
        }

        return shortfalls;
    }

    private static void Make(string directory, bool isUnified)
    {
        var like = FileStatus.Read(Path.GetDirectoryName(directory)!);
        NewCgroup.Make(directory, isUnified);
        if ((like.UserId, like.GroupId) == (0, 0))
            return;
        FileOwner.Set(directory, like.UserId, like.GroupId);
        foreach (var file in Delegated.Select(name => Path.Combine(directory, name)).Where(File.Exists))
            FileOwner.Set(file, like.UserId, like.GroupId);
    }

    // Each that is there and not enabled yet; of this host's own names. As LXC, nobody takes them back: others may have come to need them by then.
    private static void Enable(string directory, IReadOnlyList<string> controllers, List<string> shortfalls)
    {
        foreach (var controller in Words(directory, Controllers).Intersect(controllers).Except(Words(directory, Enabled)))
            try
            {
                KernelFile.WriteText(Path.Combine(directory, Enabled), $"+{controller}");
            }
            catch (SyscallException e)
            {
                shortfalls.Add($"the container may not have the controller {controller}: {e.Message}");
            }
    }

    private static string[] Words(string directory, string file) =>
        File.ReadAllText(Path.Combine(directory, file)).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}

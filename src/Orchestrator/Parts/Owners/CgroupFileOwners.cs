using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Owners;

/// <summary>The owners of the files of the container's cgroups, which criu does not keep: without them its init could start nothing any more.</summary>
internal static class CgroupFileOwners
{
    private const int Most = 100_000;
    private const uint Permissions = 0x1ff;

    /// <summary>Reads those that are not root's and root's group's.</summary>
    public static IReadOnlyList<CgroupFileOwner> Read(IReadOnlyList<ContainerCgroup> cgroups)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true };
        return [.. cgroups.SelectMany((cgroup, hierarchy) => cgroup.Directory is not { } directory || cgroup.Path == "/" ? []
            : Directory.EnumerateFiles(directory, "*", options).Select(file => One(hierarchy, directory, file)).OfType<CgroupFileOwner>()).Take(Most)];
    }

    /// <summary>Sets them.</summary>
    /// <param name="state">What was read.</param>
    /// <param name="cgroups">The container's cgroups on this host.</param>
    /// <returns>What could not be set, in words.</returns>
    public static IEnumerable<string> Set(OwnersState state, IReadOnlyList<ContainerCgroup> cgroups)
    {
        var failed = 0;
        var first = "";
        foreach (var one in state.Cgroups)
        {
            if (one.Hierarchy < 0 || one.Hierarchy >= cgroups.Count || cgroups[one.Hierarchy].Directory is not { } directory || !IsOfTheContainer(state, one))
                continue;
            var file = Path.Combine(directory, one.Path);
            try
            {
                FileOwner.Set(file, one.User, one.Group);
                File.SetUnixFileMode(file, (UnixFileMode)(one.Mode & Permissions));
            }
            catch (Exception e) when (e is SyscallException or IOException or UnauthorizedAccessException)
            {
                failed++;
                first = $"{file}: {e.Message}";
            }
        }

        return failed == 0 ? [] : [$"{failed} files of cgroups are not the container's own, as they were: {first}"];
    }

    // What the manifest says becomes owners of files: names alone, and ids of the container's or root's.
    private static bool IsOfTheContainer(OwnersState state, CgroupFileOwner one) =>
        PathScope.IsBelow(one.Path) && (one.User == 0 || IdMap.Inside(state.Users, one.User) is not null)
            && (one.Group == 0 || IdMap.Inside(state.Groups, one.Group) is not null);

    private static CgroupFileOwner? One(int hierarchy, string directory, string file) => ProcessGlance.Try(() => FileStatus.Read(file)) is { } status
        && (status.UserId, status.GroupId) != (0, 0)
            ? new CgroupFileOwner(hierarchy, Path.GetRelativePath(directory, file), status.UserId, status.GroupId, status.Mode & Permissions)
            : null;
}

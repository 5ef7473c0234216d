namespace LxcNative.Orchestrator.Containers;

/// <summary>The container's cgroup in one hierarchy, as read from /proc, never built from a name.</summary>
/// <param name="Controllers">The controllers of the hierarchy (<c>name=systemd</c> for a named one); empty for the unified hierarchy.</param>
/// <param name="Path">The path in the hierarchy.</param>
/// <param name="Directory">The directory on this host; null where the hierarchy is not mounted.</param>
public sealed record ContainerCgroup(IReadOnlyList<string> Controllers, string Path, string? Directory)
{
    /// <summary>Whether this is the unified (version 2) hierarchy.</summary>
    public bool IsUnified => Controllers.Count == 0;

    /// <summary>The directories of the cgroups above it, the highest first: the hierarchy's root, where its mount shows that; none where it is not mounted.
    /// </summary>
    internal IEnumerable<string> Above()
    {
        var above = new Stack<string>();
        var (path, directory) = (Path, Directory);
        while (directory is not null && path is not (null or "/") && System.IO.Path.GetFileName(path) == System.IO.Path.GetFileName(directory))
        {
            (path, directory) = (System.IO.Path.GetDirectoryName(path), System.IO.Path.GetDirectoryName(directory));
            if (directory is not null)
                above.Push(directory);
        }

        return above;
    }
}

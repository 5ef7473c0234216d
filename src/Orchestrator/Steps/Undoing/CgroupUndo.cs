using LxcNative.Native.Cgroups;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Removes a container's cgroups, depth first, when its last task is gone.</summary>
/// <param name="Directories">Their directories.</param>
internal sealed record CgroupUndo(IReadOnlyList<string> Directories) : Undo
{
    /// <inheritdoc />
    public override string What => "its cgroups";

    /// <inheritdoc />
    public override void Run()
    {
        foreach (var directory in Directories.Where(Directory.Exists))
            new CgroupDirectory(directory).RemoveTree();
    }

    /// <inheritdoc />
    public override void Recover()
    {
        // With processes in it, it is the place of a container that was started since.
        foreach (var directory in Directories.Where(Directory.Exists))
            if (!IsPopulated(new CgroupDirectory(directory)))
                new CgroupDirectory(directory).RemoveTree();
    }

    /// <summary>Whether a process is in it, or below.</summary>
    internal static bool IsPopulated(CgroupDirectory cgroup) => cgroup.Descendants().Prepend(cgroup).Any(one => one.Processes().Count > 0);
}

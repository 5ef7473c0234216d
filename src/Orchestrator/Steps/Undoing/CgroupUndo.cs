using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;

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
        foreach (var directory in Directories.Select(path => new CgroupDirectory(path)).Where(one => one.Exists && !one.IsPopulated))
        {
            try
            {
                directory.RemoveTree();
            }
            catch (SyscallException e) when (e.Errno == Errno.EBUSY)
            {
                // One has come since, or is at its end, and no longer listed: then whoever it belonged to removes it.
            }
        }
    }
}

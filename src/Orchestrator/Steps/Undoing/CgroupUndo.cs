using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Processes;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Removes a container's cgroups, depth first, when its last task is gone.</summary>
/// <param name="Directories">Their directories.</param>
internal sealed record CgroupUndo(IReadOnlyList<string> Directories) : Undo
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Pause = TimeSpan.FromMilliseconds(10);

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
        foreach (var directory in Directories.Select(path => new CgroupDirectory(path)).Where(one => one.Exists))
            Remove(directory);
    }

    // A process at its end is not listed any more, and keeps its cgroup for a moment.
    private static void Remove(CgroupDirectory directory)
    {
        for (var deadline = Deadline.After(Patience); !directory.IsPopulated; Thread.Sleep(Pause))
        {
            try
            {
                directory.RemoveTree();
                return;
            }
            catch (SyscallException e) when (e.Errno == Errno.EBUSY && !deadline.IsOver)
            {
                // Looked at again.
            }
        }
    }
}

using LxcNative.Native.Errors;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Removes cgroups that were made above a container's own, if nothing else has come into them since.</summary>
/// <param name="Directories">Their directories, the highest first.</param>
internal sealed record CgroupParentsUndo(IReadOnlyList<string> Directories) : Undo
{
    /// <inheritdoc />
    public override string What => "the cgroups above its own";

    /// <inheritdoc />
    public override void Run()
    {
        foreach (var directory in Directories.Reverse())
        {
            try
            {
                Native.Files.Directories.Remove(directory);
            }
            catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ENODEV or Errno.EBUSY or Errno.ENOTEMPTY)
            {
                // Gone, or somebody else's by now.
            }
        }
    }
}

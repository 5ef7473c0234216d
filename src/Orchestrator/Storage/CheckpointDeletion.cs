using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Files.Raw;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Storage;

/// <summary>Deletes a checkpoint: its directory with everything in it that is no directory.</summary>
public static class CheckpointDeletion
{
    /// <summary>Deletes several, one after the other; one that cannot be deleted does not keep the others.</summary>
    /// <param name="checkpoints">Which; of <see cref="CheckpointStore.List"/> or <see cref="CheckpointStore.Exactly"/>.</param>
    /// <param name="dryRun">Only find out what would stand in the way.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static IReadOnlyList<DeletedCheckpoint> Run(IEnumerable<StoredCheckpoint> checkpoints, bool dryRun = false)
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        return [.. checkpoints.Select(checkpoint => Try(checkpoint, dryRun))];
    }

    /// <summary>Deletes it.</summary>
    /// <param name="checkpoint">Which; of <see cref="CheckpointStore.List"/> or <see cref="CheckpointStore.Exactly"/>.</param>
    /// <param name="dryRun">Only find out what would stand in the way.</param>
    /// <returns>What could not be removed: directories in it are not the checkpoint's. Empty where nothing is left.</returns>
    /// <remarks>The directory is opened once, without following a link, and everything is removed through that descriptor. The manifest goes first: what is
    /// left of a deletion that was
    /// interrupted cannot pass for a checkpoint, and can be deleted again.</remarks>
    /// <exception cref="RefusedException">It is in use, others than root can reach it, or there is no checkpoint any more.</exception>
    /// <exception cref="FailedException">Something could not be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static IReadOnlyList<string> Run(StoredCheckpoint checkpoint, bool dryRun = false)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        RootOnly.Require("deleting a checkpoint");
        var path = checkpoint.Directory;
        try
        {
            using var parent = FileOpen.Open(Path.GetDirectoryName(path)!, OpenFlags.ReadOnly | OpenFlags.Directory);
            using var directory = FileOpen.OpenAt(parent, Path.GetFileName(path), OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow);
            Check(directory, checkpoint);
            var left = Remove(parent, directory, path, dryRun);
            if (!dryRun && left.Count == 0 && checkpoint.Reference is not null)
                RemoveContainer(Path.GetDirectoryName(path)!);
            return left;
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP)
        {
            throw new RefusedException($"there is no checkpoint in {path} any more: {e.Message}", e);
        }
    }

    private static DeletedCheckpoint Try(StoredCheckpoint checkpoint, bool dryRun)
    {
        try
        {
            return new DeletedCheckpoint(checkpoint, Run(checkpoint, dryRun), null);
        }
        catch (LxcNativeException e)
        {
            return new DeletedCheckpoint(checkpoint, [], e);
        }
        catch (SyscallException e)
        {
            return new DeletedCheckpoint(checkpoint, [], new FailedException($"{checkpoint.Directory} could not be deleted: {e.Message}",
                ContainerState.Untouched, e));
        }
    }

    private static void Check(FileDescriptor directory, StoredCheckpoint checkpoint)
    {
        var path = checkpoint.Directory;
        if (TrustedPath.Trouble(path) is { } trouble)
            throw new RefusedException($"{trouble}; what others can reach is not deleted as root: remove it by hand");
        // In the store nothing else is; there it may be no more than the log of one that failed.
        if (checkpoint.Reference is null && !CheckpointContent.Read(directory, path).IsCheckpoint)
            throw new RefusedException($"{path} holds no checkpoint: nothing was deleted");
        if (!ImagesUse.TryExclude(directory))
            throw new RefusedException($"the checkpoint in {path} is being made, restored or looked at right now: nothing was deleted. Try again when that "
                + $"has ended");
    }

    private static List<string> Remove(FileDescriptor parent, FileDescriptor directory, string path, bool dryRun)
    {
        using var listed = FileOpen.OpenAt(directory, ".", OpenFlags.ReadOnly | OpenFlags.Directory);
        var manifest = Encoding.UTF8.GetBytes(CheckpointManifest.FileName);
        var left = new List<string>();
        var hasBegun = false;
        try
        {
            foreach (var name in RawNames.Read(listed, Encoding.UTF8.GetBytes(path), new byte[32 * 1024])
                .OrderByDescending(name => name.AsSpan().SequenceEqual(manifest)))
            {
                var shown = Encoding.UTF8.GetBytes($"{path}/").Concat(name).ToArray();
                if (RawStatus.Read(directory, name).Status.Type == FileType.Directory)
                    left.Add(Encoding.UTF8.GetString(shown));
                else if (!dryRun)
                    RawFile.Remove(directory, name, shown);
                hasBegun = !dryRun;
            }

            if (!dryRun && left.Count == 0)
                Directories.RemoveAt(parent, Path.GetFileName(path));
            return left;
        }
        catch (SyscallException e) when (hasBegun)
        {
            throw new FailedException($"{path} could not be deleted whole; what is left of it is no checkpoint any more. {e.Message}", ContainerState.Untouched,
                e);
        }
    }

    // Where a checkpoint of the container begins at this moment, the directory is its.
    private static void RemoveContainer(string directory)
    {
        using var claim = ContainerClaim.TryTake(ContainerClaim.Checkpoint, Path.GetFileName(directory));
        if (claim is null)
            return;
        try
        {
            Directories.Remove(directory);
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOTEMPTY or Errno.EEXIST or Errno.ENOENT or Errno.EBUSY)
        {
            // It has others.
        }
    }
}

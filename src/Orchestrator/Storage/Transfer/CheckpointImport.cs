using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Archives;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>Takes in a checkpoint that <see cref="CheckpointExport"/> wrote, perhaps on another host: everything in it is foreign.</summary>
/// <remarks>What the archive decides is what is in the images. Neither names nor owners nor modes are taken from it, but for the container's name and the
/// time, which are checked; links, devices and whatever the manifest does not list are refused. A root file system that came along has what it had, below a
/// directory that was named for it and nowhere else. Restoring what was imported runs code as root all the same:
/// where the archive comes from is the caller's to know.</remarks>
public static class CheckpointImport
{
    /// <summary>Imports.</summary>
    /// <param name="file">The archive, compressed by zstd, gzip, xz or not at all.</param>
    /// <param name="store">Where to: NAME/TIME in it, by the container's name and the time of the checkpoint.</param>
    /// <param name="imagesDirectory">A new or empty directory instead; null for the store.</param>
    /// <param name="root">Where the root file system that came along is extracted to: nothing, or an empty directory; null to leave it.</param>
    /// <param name="progress">Is told how far it is; null for nobody.</param>
    /// <param name="cancellation">Honoured between two pieces of the archive; nothing is left then.</param>
    /// <exception cref="MalformedArchiveException">The archive is damaged, or no checkpoint; nothing is left of it.</exception>
    /// <exception cref="RefusedException">The place is taken, or too small, or cannot be used.</exception>
    /// <exception cref="FailedException">Something could not be written; nothing is left of it.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static ImportedCheckpoint Run(string file, CheckpointStore store, string? imagesDirectory = null, string? root = null,
        IProgress<TransferProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(store);
        RootOnly.Require("importing a checkpoint");
        if (!FileStatus.TryRead(file, out var status) || status.Type != FileType.Regular)
            throw new RefusedException(status.Type == default && !Path.Exists(file) ? $"there is no file {file}" : $"{file} is no regular file");
        long done = 0;
        return Take(file, () => ArchiveStream.Open(file, opened => new MeteredStream(opened,
            count => progress?.Report(new TransferProgress(TransferStage.Importing, done += count, opened.Length)), cancellation)),
            () => { }, store, imagesDirectory, root);
    }

    /// <summary>Takes in a checkpoint, wherever its archive comes from.</summary>
    /// <param name="shown">What it is called in an error.</param>
    /// <param name="open">Opens the archive, decompressed.</param>
    /// <param name="confirm">Called when all of it has been read, before it becomes a checkpoint: throws where it shall not.</param>
    /// <param name="store">Where to.</param>
    /// <param name="imagesDirectory">A directory instead; null for the store.</param>
    /// <param name="root">Where the root file system goes; null to leave it.</param>
    /// <inheritdoc cref="Run" path="/exception" />
    internal static ImportedCheckpoint Take(string shown, Func<Stream> open, Action confirm, CheckpointStore store, string? imagesDirectory,
        string? root)
    {
        if (!ImageHash.IsAvailable)
            throw new RefusedException("this host has no libssl to compute hashes with: the archive could not be checked");
        try
        {
            using var archive = open();
            using var entries = new ArchiveEntries(archive, shown);
            using var files = new ImportedRoot(root);
            using var place = new ImportPlace(store, imagesDirectory, files);
            files.Prepare();
            Read(entries, place, files);
            confirm();
            return place.Complete();
        }
        catch (MalformedArchiveException e)
        {
            throw new MalformedArchiveException($"{shown} cannot be imported: {e.Message}", e);
        }
        catch (Exception e) when (ArchiveStream.IsDamage(e))
        {
            throw new MalformedArchiveException($"{shown} is damaged or cut off: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or SyscallException)
        {
            throw new FailedException($"{shown} could not be imported, and nothing of it was left: {e.Message}", ContainerState.Untouched, e);
        }
    }

    private static void Read(ArchiveEntries entries, ImportPlace place, ImportedRoot files)
    {
        while (entries.Next() is { } entry)
        {
            var name = entry.Name;
            if (entry.IsDirectory)
            {
                if (name != ArchiveLayout.Images)
                    throw new MalformedArchiveException($"the archive has a directory \"{name}\", which no exported checkpoint has");
            }
            else if (name == ArchiveLayout.Manifest)
            {
                place.Begin(entries.ReadAll(entry));
            }
            else if (name == ArchiveLayout.Signature)
            {
                place.Sign(entries.ReadAll(entry));
            }
            else if (name.StartsWith(ArchiveLayout.Images, StringComparison.Ordinal))
            {
                place.Add(name[ArchiveLayout.Images.Length..], entry);
            }
            else if (name == ArchiveLayout.Root)
            {
                place.RequireImages();
                files.Extract(entry);
            }
            else if (name == ArchiveLayout.RootDigest)
            {
                files.Confirm(entries.ReadAll(entry));
            }
            else if (!ArchiveLayout.IsDescription(name))
            {
                throw new MalformedArchiveException($"the archive has a file \"{name}\", which no exported checkpoint has");
            }
        }
    }
}

using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Archives;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>Takes in a checkpoint that <see cref="CheckpointExport"/> wrote, perhaps on another host: everything in it is foreign.</summary>
/// <remarks>What the archive decides is what is in the images. Neither names nor owners nor modes are taken from it, but for the container's name and the
/// time, which are checked; links, devices and whatever the manifest does not list are refused. Restoring what was imported runs code as root all the same:
/// where the archive comes from is the caller's to know.</remarks>
public static class CheckpointImport
{
    /// <summary>Imports.</summary>
    /// <param name="file">The archive, compressed by zstd, gzip, xz or not at all.</param>
    /// <param name="store">Where to: NAME/TIME in it, by the container's name and the time of the checkpoint.</param>
    /// <param name="imagesDirectory">A new or empty directory instead; null for the store.</param>
    /// <param name="cancellation">Honoured between images; nothing is left then.</param>
    /// <exception cref="MalformedArchiveException">The archive is damaged, or no checkpoint; nothing is left of it.</exception>
    /// <exception cref="RefusedException">The place is taken, or too small, or cannot be used.</exception>
    /// <exception cref="FailedException">Something could not be written; nothing is left of it.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static ImportedCheckpoint Run(string file, CheckpointStore store, string? imagesDirectory = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(store);
        RootOnly.Require("importing a checkpoint");
        if (!ImageHash.IsAvailable)
            throw new RefusedException("this host has no libssl to compute hashes with: the archive could not be checked");
        if (!FileStatus.TryRead(file, out var status) || status.Type != FileType.Regular)
            throw new RefusedException(status.Type == default && !Path.Exists(file) ? $"there is no file {file}" : $"{file} is no regular file");
        try
        {
            using var archive = ArchiveStream.Open(file);
            using var entries = new ArchiveEntries(archive, file);
            using var place = new ImportPlace(store, imagesDirectory);
            return Read(entries, place, cancellation);
        }
        catch (MalformedArchiveException e)
        {
            throw new MalformedArchiveException($"{file} cannot be imported: {e.Message}", e);
        }
        catch (Exception e) when (ArchiveStream.IsDamage(e))
        {
            throw new MalformedArchiveException($"{file} is damaged or cut off: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or SyscallException)
        {
            throw new FailedException($"{file} could not be imported, and nothing of it was left: {e.Message}", ContainerState.Untouched, e);
        }
    }

    private static ImportedCheckpoint Read(ArchiveEntries entries, ImportPlace place, CancellationToken cancellation)
    {
        while (entries.Next() is { } entry)
        {
            cancellation.ThrowIfCancellationRequested();
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
            else if (!ArchiveLayout.IsDescription(name))
            {
                throw new MalformedArchiveException($"the archive has a file \"{name}\", which no exported checkpoint has");
            }
        }

        return place.Complete();
    }
}

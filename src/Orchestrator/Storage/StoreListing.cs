using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Engines;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Images;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Orchestrator.Storage;

/// <summary>Reads what checkpoints there are. Symbolic links are not followed, and nothing is read of a directory that is not root's alone.</summary>
internal sealed class StoreListing(CheckpointStore store, CriuSearch? criu)
{
    private const int Depth = 2;

    private readonly RestoreOptions _restore = new() { CheckHashes = false, Criu = criu ?? CriuPlaces.Usual };

    /// <summary>Those of the store and of other directories.</summary>
    public IReadOnlyList<StoredCheckpoint> Read(IEnumerable<string> beside)
    {
        var found = new Dictionary<string, StoredCheckpoint>(StringComparer.Ordinal);
        foreach (var directory in Below(store.Path, Depth).Concat(beside.Select(DirectoryPath.Full).SelectMany(one => Existing(one).Concat(Below(one, Depth)))))
            if (!found.ContainsKey(directory) && Look(directory) is { } checkpoint)
                found.Add(directory, checkpoint);
        return
        [
            .. found.Values.OrderBy(one => one.Container, StringComparer.Ordinal).ThenBy(one => one.LxcPath, StringComparer.Ordinal)
                .ThenByDescending(one => one.Created).ThenBy(one => one.Directory, StringComparer.Ordinal),
        ];
    }

    /// <summary>The one in a directory.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public StoredCheckpoint One(string directory)
    {
        if (!FileStatus.TryRead(directory, out var status, followLinks: false))
            throw new RefusedException($"there is no directory {directory}");
        if (!status.IsDirectory)
            throw new RefusedException($"{directory} is {(status.Type == FileType.SymbolicLink ? "a symbolic link" : "no directory")}: name the checkpoint's "
                + "own directory");
        return Look(directory)
            ?? throw new RefusedException($"{directory} holds no checkpoint: there is neither {CheckpointManifest.FileName} in it nor an image of criu");
    }

    private static IEnumerable<string> Existing(string directory) =>
        FileStatus.TryRead(directory, out _) ? [directory] : throw new RefusedException($"there is no directory {directory}");

    private static IEnumerable<string> Below(string directory, int depth)
    {
        if (depth == 0 || !FileStatus.TryRead(directory, out var status) || !status.IsDirectory)
            yield break;
        foreach (var entry in DirectoryListing.Read(directory))
        {
            var path = Path.Combine(directory, entry.Name);
            // Hidden ones are directories that are being made.
            if (entry.Name.StartsWith('.') || !FileStatus.TryRead(path, out var found, followLinks: false) || !found.IsDirectory)
                continue;
            yield return path;
            foreach (var below in Below(path, depth - 1))
                yield return below;
        }
    }

    private StoredCheckpoint? Look(string directory)
    {
        try
        {
            return LookInto(directory);
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT)
        {
            // Removed meanwhile.
            return null;
        }
    }

    private StoredCheckpoint? LookInto(string directory)
    {
        var isOurs = Path.GetDirectoryName(Path.GetDirectoryName(directory)) == store.Path;
        var content = CheckpointContent.Read(directory);
        if (!content.IsCheckpoint && !isOurs)
            return null;
        var checkpoint = new StoredCheckpoint(directory, isOurs ? Path.GetFileName(Path.GetDirectoryName(directory)) : null)
        {
            Reference = isOurs ? Path.GetRelativePath(store.Path, directory) : null,
            Created = new DateTimeOffset(Directory.GetLastWriteTimeUtc(directory)),
            Bytes = content.Bytes,
        };
        if (TrustedPath.Trouble(directory) is { } trouble)
            return checkpoint with { Findings = [ImageRules.NotUsable.Found(trouble)] };
        var unfinished = $"{directory} has no {CheckpointManifest.FileName}: the checkpoint was not completed";
        return content.HasManifest ? Describe(checkpoint) : checkpoint with { Findings = [ImageRules.NotUsable.Found(unfinished)] };
    }

    private StoredCheckpoint Describe(StoredCheckpoint checkpoint)
    {
        CheckpointManifest manifest;
        try
        {
            manifest = CheckpointManifest.Read(checkpoint.Directory);
        }
        catch (RefusedException refusal)
        {
            return checkpoint with { Findings = [ImageRules.NotUsable.Found(refusal.Message)] };
        }

        var findings = Findings(checkpoint.Directory);
        return checkpoint with
        {
            Container = manifest.Container.Name,
            LxcPath = manifest.Container.LxcPath,
            Created = manifest.Created,
            Label = manifest.Label,
            Pause = manifest.PauseMicroseconds is { } pause ? TimeSpan.FromMicroseconds(pause) : null,
            HasManifest = true,
            IsComplete = findings.All(finding => finding.Id != ImageRules.NotUsable.Id),
            IsRestorable = !RestoreCheck.Blocks(findings),
            Findings = findings,
        };
    }

    private IReadOnlyList<Finding> Findings(string directory)
    {
        try
        {
            return ImagesCheck.Run(directory, _restore).Findings;
        }
        catch (Exception e) when (e is LinuxException or LxcNativeException or IOException)
        {
            // One that cannot be judged is listed among the others.
            return [ImageRules.PlaceTaken.Found($"it cannot be found out whether it can be restored: {e.Message}")];
        }
    }
}

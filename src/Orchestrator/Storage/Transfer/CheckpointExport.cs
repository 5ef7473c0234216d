using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>Writes a checkpoint into one file, which checkpointctl reads and <see cref="CheckpointImport"/> takes in on another host.</summary>
public static class CheckpointExport
{
    /// <summary>Exports.</summary>
    /// <param name="imagesDirectory">The checkpoint's directory.</param>
    /// <param name="file">The archive to be made; nothing is overwritten.</param>
    /// <param name="compression">By what it is compressed.</param>
    /// <param name="withRoot">Whether the container's root file system goes along, as it is now: nothing of the container may run.</param>
    /// <param name="progress">Is told how far it is; null for nobody.</param>
    /// <param name="cancellation">Honoured between two pieces of an image; nothing is left then.</param>
    /// <remarks>Every image is compared with its hash first. The archive has mode 0600: in it is what was in the container's memory.</remarks>
    /// <exception cref="RefusedException">The directory is no complete checkpoint, its hashes are not known, or there is a file of that name;
    /// or something runs on the root, or it is not the one of that moment any more.</exception>
    /// <exception cref="FailedException">The archive could not be written; nothing is left of it.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static ExportedCheckpoint Run(string imagesDirectory, string file, ArchiveCompression compression = ArchiveCompression.Zstd,
        bool withRoot = false, IProgress<TransferProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(imagesDirectory);
        ArgumentNullException.ThrowIfNull(file);
        RootOnly.Require("exporting a checkpoint");
        var path = Path.GetFullPath(file);
        using var checkpoint = CheckpointArchive.Open(imagesDirectory, withRoot, cancellation);
        using var archive = new NewFile(path);
        try
        {
            using var output = new HashingStream(archive.Stream);
            var expected = checkpoint.Bytes;
            checkpoint.Write(output, compression, done => progress?.Report(new TransferProgress(TransferStage.Exporting, done, expected)), cancellation);
            archive.Keep();
            return new ExportedCheckpoint(path, checkpoint.Directory, checkpoint.Manifest.Container.Name, output.Length, output.Sha256)
            {
                Root = checkpoint.Root,
            };
        }
        catch (Exception e) when (e is IOException or SyscallException)
        {
            throw new FailedException($"{path} could not be written, and is not there: {e.Message}", ContainerState.Untouched, e);
        }
    }
}

using System.Security.Cryptography;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Netlink.Errors;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>Writes a checkpoint into one file, which checkpointctl reads and <see cref="CheckpointImport"/> takes in on another host.</summary>
public static class CheckpointExport
{
    /// <summary>Exports.</summary>
    /// <param name="imagesDirectory">The checkpoint's directory.</param>
    /// <param name="file">The archive to be made; nothing is overwritten.</param>
    /// <param name="compression">By what it is compressed.</param>
    /// <param name="cancellation">Honoured between images; nothing is left then.</param>
    /// <remarks>Every image is compared with its hash first. The archive has mode 0600: in it is what was in the container's memory.</remarks>
    /// <exception cref="RefusedException">The directory is no complete checkpoint, its hashes are not known, or there is a file of that name.</exception>
    /// <exception cref="FailedException">The archive could not be written; nothing is left of it.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static ExportedCheckpoint Run(string imagesDirectory, string file, ArchiveCompression compression = ArchiveCompression.Zstd,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(imagesDirectory);
        ArgumentNullException.ThrowIfNull(file);
        RootOnly.Require("exporting a checkpoint");
        var (directory, path) = (DirectoryPath.Full(imagesDirectory), Path.GetFullPath(file));
        var manifest = CheckpointManifest.Read(directory);
        using var use = ImagesUse.Begin(directory);
        Check(directory, manifest);
        using var archive = new NewFile(path);
        try
        {
            using var sha256 = SHA256.Create();
            using (var output = new CryptoStream(archive.Stream, sha256, CryptoStreamMode.Write, leaveOpen: true))
            using (var writer = new ArchiveWriter(output, compression, manifest.Created))
                Write(writer, directory, manifest, cancellation);
            var bytes = archive.Stream.Length;
            archive.Keep();
            return new ExportedCheckpoint(path, directory, manifest.Container.Name, bytes, Convert.ToHexStringLower(sha256.Hash!));
        }
        catch (Exception e) when (e is MalformedNetworkImageException or NetlinkProtocolException)
        {
            throw new RefusedException($"the checkpoint in {directory} is damaged: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or SyscallException)
        {
            throw new FailedException($"{path} could not be written, and is not there: {e.Message}", ContainerState.Untouched, e);
        }
    }

    private static void Check(string directory, CheckpointManifest manifest)
    {
        if (!ImageHash.IsAvailable)
            throw new RefusedException("this host has no libssl to compute hashes with: an archive could not be checked when it is imported");
        var trouble = ImagesTrust.Check(directory, manifest).ToList();
        if (trouble.Count == 0)
            trouble = [.. ImageHashes.Check(directory, manifest)];
        // Also where hashes are missing: whoever imports it has nothing else to judge it by.
        if (trouble.Count > 0)
            throw new RefusedException($"the checkpoint in {directory} cannot be exported.{FindingText.Describe(trouble)}", trouble);
    }

    // The manifest before the images: whoever reads it knows what has to follow.
    private static void Write(ArchiveWriter archive, string directory, CheckpointManifest manifest, CancellationToken cancellation)
    {
        var text = File.ReadAllBytes(Path.Combine(directory, CheckpointManifest.FileName));
        archive.Add(ArchiveLayout.Config, Descriptions.Config(manifest, text));
        archive.Add(ArchiveLayout.Specification, Descriptions.Specification(manifest));
        archive.Add(ArchiveLayout.Network, Descriptions.Network(manifest.Container,
            NetworkImageFile.IsIn(manifest) ? NetworkImageFile.ReadFile(Path.Combine(directory, NetworkImageFile.Name)) : null));
        AddIfThere(ArchiveLayout.Statistics, Path.Combine(directory, ArchiveLayout.Statistics));
        archive.AddDirectory(ArchiveLayout.Images);
        archive.Add(ArchiveLayout.Manifest, text);
        AddIfThere(ArchiveLayout.Signature, Path.Combine(directory, ManifestSignature.FileName));
        foreach (var name in manifest.Files.Select(image => image.Name).Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            AddFile(ArchiveLayout.Images + name, Path.Combine(directory, name));
        }

        void AddIfThere(string name, string path)
        {
            if (FileStatus.TryRead(path, out var found, followLinks: false) && found.Type == FileType.Regular)
                AddFile(name, path);
        }

        void AddFile(string name, string path)
        {
            using var content = RegularFile.Open(path, followLinks: false);
            archive.Add(name, content);
        }
    }
}

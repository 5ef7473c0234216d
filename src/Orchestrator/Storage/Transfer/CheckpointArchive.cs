using LxcNative.Native.Files;
using LxcNative.Netlink.Errors;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>A complete checkpoint as an archive: the same bytes whenever it is written, in a file or on the way to a registry. Nobody deletes the images until
/// it is disposed.</summary>
internal sealed class CheckpointArchive : IDisposable
{
    private readonly ImagesUse _use;
    private readonly RootSource? _root;

    private CheckpointArchive(string directory, CheckpointManifest manifest, ImagesUse use, RootSource? root) =>
        (Directory, Manifest, _use, _root) = (directory, manifest, use, root);

    /// <summary>Where the checkpoint is, absolute.</summary>
    public string Directory { get; }

    /// <summary>What it is.</summary>
    public CheckpointManifest Manifest { get; }

    /// <summary>The sizes of its images, and of the root's archive.</summary>
    public long Bytes => Manifest.Files.Sum(file => file.Size) + (_root?.Bytes ?? 0);

    /// <summary>The root file system that goes along; null for none.</summary>
    public ExportedRoot? Root => _root?.Description;

    /// <summary>Opens one; every image is compared with its hash.</summary>
    /// <param name="imagesDirectory">Its directory.</param>
    /// <param name="withRoot">Whether the container's root file system goes along.</param>
    /// <param name="cancellation">Honoured between two files of the root.</param>
    /// <exception cref="RefusedException">The directory is no complete checkpoint, its hashes are not known, or its root is not as it was left.</exception>
    public static CheckpointArchive Open(string imagesDirectory, bool withRoot, CancellationToken cancellation)
    {
        var directory = DirectoryPath.Full(imagesDirectory);
        var manifest = CheckpointManifest.Read(directory);
        var use = ImagesUse.Begin(directory);
        try
        {
            Check(directory, manifest);
            return new CheckpointArchive(directory, manifest, use, withRoot ? RootSource.Open(directory, manifest, cancellation) : null);
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to; stays the caller's.</param>
    /// <param name="compression">By what it is compressed.</param>
    /// <param name="tell">Is told the bytes of images that are through, as they are read; null for nobody.</param>
    /// <param name="cancellation">Honoured between two pieces.</param>
    /// <returns>The SHA-256 of what it is without compression.</returns>
    /// <exception cref="RefusedException">The checkpoint is damaged.</exception>
    public string Write(Stream output, ArchiveCompression compression, Action<long>? tell, CancellationToken cancellation)
    {
        long done = 0;
        try
        {
            using var writer = new ArchiveWriter(output, compression, Manifest.Created);
            WriteEntries(writer, count => tell?.Invoke(done += count), cancellation);
            _root?.RequireUnused();
            return writer.Complete();
        }
        catch (Exception e) when (e is MalformedNetworkImageException or NetlinkProtocolException)
        {
            throw new RefusedException($"the checkpoint in {Directory} is damaged: {e.Message}", e);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _root?.Dispose();
        _use.Dispose();
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
    private void WriteEntries(ArchiveWriter archive, Action<int> tell, CancellationToken cancellation)
    {
        var text = File.ReadAllBytes(Path.Combine(Directory, CheckpointManifest.FileName));
        archive.Add(ArchiveLayout.Config, Descriptions.Config(Manifest, text));
        archive.Add(ArchiveLayout.Specification, Descriptions.Specification(Manifest));
        archive.Add(ArchiveLayout.Network, Descriptions.Network(Manifest.Container,
            NetworkImageFile.IsIn(Manifest) ? NetworkImageFile.ReadFile(Path.Combine(Directory, NetworkImageFile.Name)) : null));
        AddIfThere(ArchiveLayout.Statistics, Path.Combine(Directory, ArchiveLayout.Statistics));
        archive.AddDirectory(ArchiveLayout.Images);
        archive.Add(ArchiveLayout.Manifest, text);
        AddIfThere(ArchiveLayout.Signature, Path.Combine(Directory, ManifestSignature.FileName));
        foreach (var name in Manifest.Files.Select(image => image.Name).Order(StringComparer.Ordinal))
            AddFile(ArchiveLayout.Images + name, Path.Combine(Directory, name), tell);
        if (_root is not null)
            AddRoot(archive, _root, tell, cancellation);

        void AddIfThere(string name, string path)
        {
            if (FileStatus.TryRead(path, out var found, followLinks: false) && found.Type == FileType.Regular)
                AddFile(name, path, _ => { });
        }

        void AddFile(string name, string path, Action<int> told)
        {
            using var content = new MeteredStream(RegularFile.Open(path, followLinks: false), told, cancellation);
            archive.Add(name, content);
        }
    }

    // Last: who takes it in knows by then that the images are whole.
    private static void AddRoot(ArchiveWriter archive, RootSource root, Action<int> tell, CancellationToken cancellation)
    {
        using var content = new DigestingStream(new MeteredStream(root.Read(), tell, cancellation));
        archive.Add(ArchiveLayout.Root, content);
        archive.Add(ArchiveLayout.RootDigest, ArchiveLayout.DigestLine(content.Sha256));
    }
}

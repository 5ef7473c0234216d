using LxcNative.Orchestrator.Archives;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>The directory that an import fills: made when the manifest is known, a checkpoint when all of it is there, and gone again where that does not
/// come about.</summary>
/// <param name="store">The store.</param>
/// <param name="imagesDirectory">A directory instead of one in the store; null for that.</param>
/// <param name="root">The root file system that may come along; stays the caller's.</param>
internal sealed class ImportPlace(CheckpointStore store, string? imagesDirectory, ImportedRoot root) : IDisposable
{
    private byte[] _text = [];
    private ExpectedImages? _expected;
    private ImageDirectory? _images;
    private bool _isComplete, _isSigned;

    /// <summary>Makes the directory for what a manifest describes.</summary>
    /// <param name="text">The manifest as it is in the archive.</param>
    /// <exception cref="RefusedException">It is no manifest, or the second one; or the directory cannot be used, or has no room.</exception>
    public void Begin(byte[] text)
    {
        if (_expected is not null)
            throw new MalformedArchiveException($"the archive has two files {CheckpointManifest.FileName}");
        var manifest = ManifestReader.Parse(text, CheckpointManifest.FileName);
        _text = text;
        _expected = ExpectedImages.Of(manifest, DateTimeOffset.UtcNow);
        _images = ImageDirectory.Create(imagesDirectory ?? store.NewDirectory(manifest.Container.Name, manifest.Created));
        _images.CheckSpace(_expected.Bytes);
    }

    /// <summary>Keeps the manifest's signature, which is not looked at: restore and verify are told whose it shall be.</summary>
    /// <exception cref="MalformedArchiveException">The manifest has not come yet, it is the second one, or too long for one.</exception>
    public void Sign(byte[] signature)
    {
        if (_images is null || _isSigned || signature.Length > ManifestSignature.Longest)
            throw new MalformedArchiveException($"{ManifestSignature.FileName} is not the signature of this archive's manifest");
        _images.Write(ManifestSignature.FileName, signature);
        _isSigned = true;
    }

    /// <summary>Writes an image.</summary>
    /// <exception cref="MalformedArchiveException">The manifest has not come yet, or the image is none that it lists.</exception>
    public void Add(string name, ArchiveFile entry)
    {
        if (_expected is null || _images is null)
            throw new MalformedArchiveException($"the archive has {name} before {CheckpointManifest.FileName}: it was exported by something else");
        ImageExtraction.Write(_images, _expected.Take(name, entry.Size), entry.Content);
    }

    /// <summary>Requires that all images have come: what belongs to them follows.</summary>
    /// <exception cref="MalformedArchiveException">One has not.</exception>
    public void RequireImages()
    {
        if (_expected is null)
            throw new MalformedArchiveException($"the archive has no {ArchiveLayout.Manifest}: it is no checkpoint of lxcnative");
        if (_expected.Missing.ToList() is { Count: > 0 } missing)
            throw new MalformedArchiveException($"the archive lacks {missing[0]}{(missing.Count > 1 ? $" and {missing.Count - 1} other images" : "")}");
    }

    /// <summary>Writes the manifest: from here on there is a checkpoint.</summary>
    /// <exception cref="MalformedArchiveException">Something did not come.</exception>
    public ImportedCheckpoint Complete()
    {
        RequireImages();
        root.Keep();
        _images!.Sync();
        _images.Write(CheckpointManifest.FileName, _text);
        _images.Sync();
        _isComplete = true;
        root.Complete();
        return new ImportedCheckpoint(_images.Path, _expected!.Manifest.Container.Name,
            imagesDirectory is null ? Path.GetRelativePath(store.Path, _images.Path) : null, _expected.Manifest.Label, _expected.Bytes)
        {
            Root = root.Path,
            HasRoot = root.IsThere,
        };
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_images is null)
            return;
        try
        {
            if (!_isComplete)
                _images.Discard(keepLog: null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why the import failed is told; what is left has no manifest, and is listed as not completed.
        }
        finally
        {
            _images.Dispose();
        }
    }
}

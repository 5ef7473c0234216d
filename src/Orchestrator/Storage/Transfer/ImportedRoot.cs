using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Archives;
using LxcNative.Orchestrator.Archives.Roots;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>The root file system that came with a checkpoint: extracted where it was asked for, passed over otherwise.</summary>
/// <param name="path">Where to: nothing, or an empty directory; null to pass over it.</param>
internal sealed class ImportedRoot(string? path) : IDisposable
{
    private NewRoot? _root;
    private string? _digest;
    private bool _isWhole, _isKept;

    /// <summary>Whether the archive has one.</summary>
    public bool IsThere { get; private set; }

    /// <summary>Where it is; null where nobody asked for it.</summary>
    public string? Path => _root?.Path;

    /// <summary>Looks whether it can be made, before anything is read.</summary>
    /// <exception cref="RefusedException">It cannot.</exception>
    public void Prepare()
    {
        if (path is null)
            return;
        var place = DirectoryPath.Full(path);
        if (System.IO.Path.GetDirectoryName(place) is not { } parent)
            throw new RefusedException($"{place} cannot be the place of a container's root");
        try
        {
            PrivateDirectory.Create(parent);
            if (TrustedPath.Trouble(parent) is { } trouble)
                throw new RefusedException($"the root cannot be extracted to {place}: {trouble}");
            _root = NewRoot.Begin(place);
        }
        catch (Exception e) when (e is SyscallException or IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"the root cannot be extracted to {place}: {e.Message}", e);
        }
    }

    /// <summary>Extracts it.</summary>
    /// <exception cref="MalformedArchiveException">It leads out of its place, is damaged, or the second one.</exception>
    public void Extract(ArchiveFile entry)
    {
        if (IsThere)
            throw new MalformedArchiveException($"the archive has two files {ArchiveLayout.Root}");
        IsThere = true;
        if (_root is null)
            return;
        using var content = new DigestingStream(entry.Content);
        RootExtraction.Extract(content, entry.Size, ArchiveLayout.Root, _root.Directory);
        // What is behind its end belongs to its digest.
        content.CopyTo(Stream.Null);
        _digest = content.Sha256;
    }

    /// <summary>Compares it with its digest, which comes after it.</summary>
    /// <exception cref="MalformedArchiveException">It is another one.</exception>
    public void Confirm(ReadOnlySpan<byte> line)
    {
        if (!IsThere || _isWhole)
            throw new MalformedArchiveException($"{ArchiveLayout.RootDigest} does not follow {ArchiveLayout.Root}, or is there twice");
        _isWhole = true;
        if (_digest is not null && !line.SequenceEqual(ArchiveLayout.DigestLine(_digest)))
            throw new MalformedArchiveException($"{ArchiveLayout.Root} is not what was exported: the archive is damaged");
    }

    /// <summary>Gives it its place, before there is a checkpoint that belongs to it.</summary>
    /// <exception cref="MalformedArchiveException">It is not there, or not all of it.</exception>
    public void Keep()
    {
        if (IsThere && !_isWhole)
            throw new MalformedArchiveException($"the archive lacks {ArchiveLayout.RootDigest}");
        if (_root is null)
            return;
        if (!IsThere)
            throw new MalformedArchiveException($"the archive has no root file system, which is to be extracted to {_root.Path}: it was "
                + "exported without one");
        _root.Keep();
        _isKept = true;
    }

    /// <summary>There is a checkpoint that it belongs to: it stays.</summary>
    public void Complete() => _isKept = false;

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            if (_isKept)
                _root?.TakeBack();
            _root?.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SyscallException)
        {
            // Why the import failed is told; what is left of it has a name that says whose it is.
        }
    }
}

using System.Formats.Tar;
using LxcNative.Orchestrator.Archives;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>The files and directories of a foreign archive, one after the other; anything else in it is refused.</summary>
/// <param name="archive">The archive's bytes, decompressed; stays the caller's.</param>
/// <param name="shown">What it is called in an error.</param>
internal sealed class ArchiveEntries(Stream archive, string shown) : IDisposable
{
    private const long LargestText = 64 << 20;

    private readonly TarExtrasStream _extras = new(archive);
    private TarReader? _reader;
    private bool _hasAny;

    /// <summary>The next one; null at the end.</summary>
    /// <exception cref="MalformedArchiveException">It is a link, a device, or what else no exported checkpoint has.</exception>
    public ArchiveFile? Next()
    {
        _reader ??= new TarReader(_extras, leaveOpen: true);
        while (_reader.GetNextEntry() is { } entry)
        {
            _hasAny = true;
            if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
                continue;
            var extras = _extras.Next();
            var isDirectory = entry.EntryType == TarEntryType.Directory;
            var name = extras.PathText ?? entry.Name;
            var isSparse = extras.Sparse is not null || extras.SparseName is not null;
            if ((!isDirectory && entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) || isSparse)
                throw new MalformedArchiveException($"entry \"{name}\" is of a kind ({(isSparse ? "sparse file" : entry.EntryType)}) that "
                    + "no exported checkpoint has");
            // As tar writes what it was given as a directory.
            if (name.StartsWith("./", StringComparison.Ordinal))
                name = name[2..];
            if (isDirectory)
                name = name.TrimEnd('/') + "/";
            if (name is not ("/" or "./"))
                return new ArchiveFile(name, isDirectory, entry.Length, entry.DataStream ?? Stream.Null);
        }

        return _hasAny ? null : throw new MalformedArchiveException($"{shown} has nothing in it, or is no tar archive");
    }

    /// <summary>What is in a small file.</summary>
    /// <exception cref="MalformedArchiveException">It is not small.</exception>
    public byte[] ReadAll(ArchiveFile file)
    {
        if (file.Size > LargestText)
            throw new MalformedArchiveException($"{shown}: {file.Name} has {file.Size} bytes, more than any checkpoint's");
        var bytes = new byte[file.Size];
        file.Content.ReadExactly(bytes);
        return bytes;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _reader?.Dispose();
        _extras.Dispose();
    }
}

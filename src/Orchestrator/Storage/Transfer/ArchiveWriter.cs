using System.Formats.Tar;
using System.IO.Compression;
using SharpCompress.Compressors.ZStandard;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>Writes a tar archive whose bytes depend on its content alone.</summary>
internal sealed class ArchiveWriter : IDisposable
{
    // What eleven octal digits can say.
    private const long LargestOfUstar = (1L << 33) - 1;
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Stream? _compressed;
    private readonly HashingStream _content;
    private readonly TarWriter _tar;
    private readonly DateTimeOffset _time;

    /// <summary>Begins one.</summary>
    /// <param name="output">Where to; stays the caller's.</param>
    /// <param name="compression">By what.</param>
    /// <param name="time">The time of all entries, in whole seconds.</param>
    public ArchiveWriter(Stream output, ArchiveCompression compression, DateTimeOffset time)
    {
        _compressed = compression switch
        {
            ArchiveCompression.Zstd => new CompressionStream(output, leaveOpen: true),
            ArchiveCompression.Gzip => new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true),
            _ => null,
        };
        _content = new HashingStream(_compressed ?? output);
        _tar = new TarWriter(_content, TarEntryFormat.Ustar, leaveOpen: true);
        _time = DateTimeOffset.FromUnixTimeSeconds(Math.Max(0, time.ToUnixTimeSeconds()));
    }

    /// <summary>Adds a directory.</summary>
    public void AddDirectory(string name) => _tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, name)
    {
        Mode = ReadWrite | UnixFileMode.UserExecute,
        ModificationTime = _time,
    });

    /// <summary>Adds a file.</summary>
    public void Add(string name, byte[] content) => Add(name, new MemoryStream(content));

    /// <summary>Adds a file; a hole is as many zeros.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">What is in it, from its position on; stays the caller's.</param>
    public void Add(string name, Stream content)
    {
        PosixTarEntry entry = content.Length <= LargestOfUstar
            ? new UstarTarEntry(TarEntryType.RegularFile, name)
            : new GnuTarEntry(TarEntryType.RegularFile, name);
        entry.Mode = ReadWrite;
        entry.ModificationTime = _time;
        entry.DataStream = content;
        _tar.WriteEntry(entry);
    }

    /// <summary>Ends it: all of it is written then.</summary>
    /// <returns>The SHA-256 of the archive before it was compressed.</returns>
    public string Complete()
    {
        _tar.Dispose();
        _compressed?.Dispose();
        return _content.Sha256;
    }

    /// <inheritdoc />
    /// <remarks>What was not completed is of no use, and its target may take nothing any more: no end is written to it.</remarks>
    public void Dispose() => _content.Dispose();
}

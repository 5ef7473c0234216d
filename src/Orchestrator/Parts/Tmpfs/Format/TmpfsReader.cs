using System.Buffers.Binary;
using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Parts.Tmpfs.Format;

/// <summary>Reads a tmpfs image that need not be trusted; see <see cref="TmpfsFormat"/>. Every length is checked before memory is taken.</summary>
/// <remarks>Every method throws <see cref="MalformedTmpfsImageException"/> for what is not an image.</remarks>
internal sealed class TmpfsReader
{
    private readonly Stream _input;

    /// <summary>Begins an image.</summary>
    /// <param name="input">From where; stays the caller's.</param>
    public TmpfsReader(Stream input)
    {
        _input = input;
        Span<byte> magic = stackalloc byte[8];
        Fill(magic);
        if (!magic.SequenceEqual(TmpfsFormat.Magic))
            throw new MalformedTmpfsImageException("it is none");
        var version = ReadUInt32();
        if (version != TmpfsFormat.Version)
            throw new MalformedTmpfsImageException($"version {version}; this program reads version {TmpfsFormat.Version}");
    }

    /// <summary>What comes next.</summary>
    public TmpfsEntryKind ReadKind()
    {
        Span<byte> kind = stackalloc byte[1];
        Fill(kind);
        return kind[0] <= (byte)TmpfsEntryKind.HardLink ? (TmpfsEntryKind)kind[0] : throw new MalformedTmpfsImageException($"a record of kind {kind[0]}");
    }

    /// <summary>Reads a file; for a regular one its segments follow.</summary>
    public TmpfsEntry ReadFile()
    {
        var entry = new TmpfsEntry
        {
            Path = ReadPath(),
            Mode = ReadUInt32(),
            UserId = ReadUInt32(),
            GroupId = ReadUInt32(),
            AccessTime = ReadTime(),
            ModifyTime = ReadTime(),
        };
        if ((entry.Mode & ~0xffffu) != 0)
            throw new MalformedTmpfsImageException($"mode 0{Convert.ToString(entry.Mode, 8)}");
        entry = entry.Type switch
        {
            FileType.CharacterDevice or FileType.BlockDevice => entry with { Device = new DeviceNumber(ReadUInt32(), ReadUInt32()) },
            FileType.SymbolicLink => entry with { Target = ReadText(TmpfsFormat.LongestPath, "the text of a link") },
            FileType.Regular => entry with { Size = ReadLength("a size") },
            FileType.Directory or FileType.Fifo or FileType.Socket => entry,
            _ => throw new MalformedTmpfsImageException($"mode 0{Convert.ToString(entry.Mode, 8)}"),
        };
        if (entry.Path.Length == 0 && entry.Type != FileType.Directory)
            throw new MalformedTmpfsImageException("the root is no directory");
        return entry with { Attributes = ReadAttributes() };
    }

    /// <summary>Reads another name of a file, and the name that came before.</summary>
    public (byte[] Path, byte[] First) ReadHardLink() => (ReadPath(), ReadPath());

    /// <summary>Reads the head of a piece of content; false after the last. Its bytes follow.</summary>
    public bool ReadSegment(long size, out long offset, out long length)
    {
        offset = ReadLength("an offset");
        length = ReadLength("a length");
        if (offset > size || length > size - offset)
            throw new MalformedTmpfsImageException($"content from {offset} on, {length} bytes, of a file of {size}");
        return length > 0;
    }

    /// <summary>Reads a part of a piece of content.</summary>
    public void ReadContent(Span<byte> content) => Fill(content);

    private static bool IsName(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= 255 && !name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8) && !name.Contains((byte)0);

    private byte[] ReadPath()
    {
        var path = ReadBytes(TmpfsFormat.LongestPath, "a path");
        if (path.Length == 0)
            return path;
        foreach (var part in path.AsSpan().Split((byte)'/'))
        {
            if (!IsName(path.AsSpan()[part]))
                throw new MalformedTmpfsImageException("a path that leads nowhere or outside");
        }

        return path;
    }

    private List<(byte[] Name, byte[] Value)> ReadAttributes()
    {
        var count = ReadUInt32();
        if (count > TmpfsFormat.MostAttributes)
            throw new MalformedTmpfsImageException($"{count} attributes");
        var attributes = new List<(byte[], byte[])>();
        for (uint index = 0; index < count; index++)
            attributes.Add((ReadText(TmpfsFormat.LongestAttributeName, "the name of an attribute"),
                ReadBytes(TmpfsFormat.LongestAttributeValue, "an attribute")));
        return attributes;
    }

    private FileTimestamp ReadTime()
    {
        var seconds = (long)ReadUInt64();
        var nanoseconds = ReadUInt32();
        return nanoseconds < 1_000_000_000 ? new FileTimestamp(seconds, nanoseconds) : throw new MalformedTmpfsImageException($"{nanoseconds} nanoseconds");
    }

    private long ReadLength(string what)
    {
        var value = ReadUInt64();
        return value <= long.MaxValue ? (long)value : throw new MalformedTmpfsImageException($"{what} of {value}");
    }

    private byte[] ReadText(int longest, string what)
    {
        var text = ReadBytes(longest, what);
        return text.Length > 0 && !text.AsSpan().Contains((byte)0) ? text : throw new MalformedTmpfsImageException($"{what} is empty or has a NUL inside");
    }

    private byte[] ReadBytes(int longest, string what)
    {
        var length = ReadUInt32();
        if (length > longest)
            throw new MalformedTmpfsImageException($"{what} of {length} bytes");
        var bytes = new byte[length];
        Fill(bytes);
        return bytes;
    }

    private uint ReadUInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    private ulong ReadUInt64()
    {
        Span<byte> bytes = stackalloc byte[8];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private void Fill(Span<byte> bytes)
    {
        try
        {
            _input.ReadExactly(bytes);
        }
        catch (EndOfStreamException e)
        {
            throw new MalformedTmpfsImageException("it is cut short", e);
        }
    }
}

using System.Buffers.Binary;
using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Parts.Tmpfs.Format;

/// <summary>Writes a tmpfs image; see <see cref="TmpfsFormat"/>.</summary>
internal sealed class TmpfsWriter
{
    private readonly Stream _output;

    /// <summary>Begins an image.</summary>
    /// <param name="output">Where to; stays the caller's.</param>
    public TmpfsWriter(Stream output)
    {
        _output = output;
        output.Write(TmpfsFormat.Magic);
        Write(TmpfsFormat.Version);
    }

    /// <summary>Writes a file; for a regular one <see cref="WriteSegment"/> and <see cref="EndSegments"/> have to follow.</summary>
    public void WriteFile(TmpfsEntry entry)
    {
        _output.WriteByte((byte)TmpfsEntryKind.File);
        Write(entry.Path);
        Write(entry.Mode);
        Write(entry.UserId);
        Write(entry.GroupId);
        Write(entry.AccessTime);
        Write(entry.ModifyTime);
        switch (entry.Type)
        {
            case FileType.CharacterDevice or FileType.BlockDevice:
                Write(entry.Device.Major);
                Write(entry.Device.Minor);
                break;
            case FileType.SymbolicLink:
                Write(entry.Target);
                break;
            case FileType.Regular:
                Write((ulong)entry.Size);
                break;
        }

        Write((uint)entry.Attributes.Count);
        foreach (var (name, value) in entry.Attributes)
        {
            Write(name);
            Write(value);
        }
    }

    /// <summary>Begins a piece of content; as many bytes have to follow on the stream.</summary>
    public void WriteSegment(long offset, long length)
    {
        Write((ulong)offset);
        Write((ulong)length);
    }

    /// <summary>Writes a part of a piece of content.</summary>
    public void WriteContent(ReadOnlySpan<byte> content) => _output.Write(content);

    /// <summary>Ends the content of a file.</summary>
    public void EndSegments() => WriteSegment(0, 0);

    /// <summary>Writes another name of a file.</summary>
    public void WriteHardLink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> first)
    {
        _output.WriteByte((byte)TmpfsEntryKind.HardLink);
        Write(path);
        Write(first);
    }

    /// <summary>Ends the image.</summary>
    public void End() => _output.WriteByte((byte)TmpfsEntryKind.End);

    private void Write(FileTimestamp time)
    {
        Write((ulong)time.Seconds);
        Write(time.Nanoseconds);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        Write((uint)bytes.Length);
        _output.Write(bytes);
    }

    private void Write(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        _output.Write(bytes);
    }

    private void Write(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        _output.Write(bytes);
    }
}

using System.Globalization;
using System.Text;
using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Archives.Roots;

/// <summary>A file of a root as an archive has it before its content: an extended header of what the old one cannot say (pax(1)), and the old one
/// (tar(5)).</summary>
internal static class RootEntry
{
    // What the fields of digits hold.
    private const long LargestNumber = (1 << 21) - 1, LargestSize = (1L << 33) - 1;
    private const int NameLength = 100;

    /// <summary>The entry's head: headers, and the map of a file with holes.</summary>
    public static byte[] Head(RootFile file)
    {
        var map = file.Sparse is { } sparse ? Map(sparse) : [];
        var size = map.Length + file.Pieces.Sum(piece => piece.Length);
        var path = file.Type == FileType.Directory ? [.. file.Path.Length == 0 ? "."u8 : file.Path, (byte)'/'] : file.Path;
        var link = file.First ?? file.Target;
        var records = Records(file, path, link, size);
        var head = new List<byte>();
        if (records.Count > 0)
        {
            head.AddRange(Header("pax"u8, (byte)'x', 0x180, 0, 0, records.Count, 0, [], default));
            head.AddRange(records);
            Fill(head);
        }

        var status = file.Details.Status;
        head.AddRange(Header(path, TypeOf(file), status.Permissions, status.UserId, status.GroupId, size,
            Math.Max(0, file.Details.Modification.Seconds), link, status.SpecialDevice));
        head.AddRange(map);
        return [.. head];
    }

    /// <summary>The bytes of the content with what fills its last block up.</summary>
    public static long ContentBytes(RootFile file)
    {
        var bytes = file.Pieces.Sum(piece => piece.Length);
        return bytes + Missing(bytes);
    }

    /// <summary>How many bytes the last block lacks.</summary>
    public static int Missing(long bytes) => (int)((TarBlocks.Size - bytes % TarBlocks.Size) % TarBlocks.Size);

    private static List<byte> Records(RootFile file, byte[] path, byte[] link, long size)
    {
        var records = new List<byte>();
        var (status, isSparse) = (file.Details.Status, file.Sparse is not null);
        // Names that are no text have to be said to be any bytes.
        if (!IsText(path) || !IsText(link))
            PaxRecords.Add(records, "hdrcharset"u8, "BINARY"u8);
        if (isSparse)
        {
            PaxRecords.Add(records, "GNU.sparse.major"u8, 1);
            PaxRecords.Add(records, "GNU.sparse.minor"u8, 0);
            PaxRecords.Add(records, "GNU.sparse.name"u8, path);
            PaxRecords.Add(records, "GNU.sparse.realsize"u8, file.Sparse!.Size);
        }
        else if (!IsPlain(path))
        {
            PaxRecords.Add(records, "path"u8, path);
        }

        if (!IsPlain(link))
            PaxRecords.Add(records, "linkpath"u8, link);
        if (size > LargestSize)
            PaxRecords.Add(records, "size"u8, size);
        if (status.UserId > LargestNumber)
            PaxRecords.Add(records, "uid"u8, status.UserId);
        if (status.GroupId > LargestNumber)
            PaxRecords.Add(records, "gid"u8, status.GroupId);
        if (file.Details.Modification is { Nanoseconds: > 0 } or { Seconds: < 0 or > LargestSize })
            PaxRecords.Add(records, "mtime"u8, PaxRecords.Time(file.Details.Modification));
        if (file.First is null)
            foreach (var (name, value) in file.Attributes)
                PaxRecords.Add(records, [.. PaxRecords.Attribute, .. name], value);
        if (file.Type == FileType.Socket)
            PaxRecords.Add(records, PaxRecords.SocketType, "socket"u8);
        return records;
    }

    private static byte[] Header(ReadOnlySpan<byte> path, byte type, uint mode, uint user, uint group, long size, long time, ReadOnlySpan<byte> link,
        DeviceNumber device)
    {
        var header = new byte[TarBlocks.Size];
        var fields = header.AsSpan();
        Short(path).CopyTo(fields);
        Octal(fields.Slice(100, 8), mode);
        Octal(fields.Slice(108, 8), Math.Min(user, LargestNumber));
        Octal(fields.Slice(116, 8), Math.Min(group, LargestNumber));
        Octal(fields.Slice(124, 12), size > LargestSize ? 0 : size);
        Octal(fields.Slice(136, 12), Math.Min(time, LargestSize));
        fields[156] = type;
        Short(link).CopyTo(fields[157..]);
        "ustar\0"u8.CopyTo(fields[257..]);
        "00"u8.CopyTo(fields[263..]);
        Octal(fields.Slice(329, 8), device.Major);
        Octal(fields.Slice(337, 8), device.Minor);
        TarBlocks.SetChecksum(fields);
        return header;
    }

    // Whoever knows no extended headers gets the beginning.
    private static ReadOnlySpan<byte> Short(ReadOnlySpan<byte> name) => name.Length > NameLength ? name[..NameLength] : name;

    private static bool IsPlain(ReadOnlySpan<byte> name) => name.Length <= NameLength && name.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0;

    private static bool IsText(ReadOnlySpan<byte> name) => System.Text.Unicode.Utf8.IsValid(name);

    private static void Octal(Span<byte> field, long value) =>
        Encoding.ASCII.GetBytes(Convert.ToString(value, 8).PadLeft(field.Length - 1, '0'), field);

    private static byte TypeOf(RootFile file) => file.First is not null ? (byte)'1' : file.Type switch
    {
        FileType.SymbolicLink => (byte)'2',
        FileType.CharacterDevice => (byte)'3',
        FileType.BlockDevice => (byte)'4',
        FileType.Directory => (byte)'5',
        FileType.Fifo => (byte)'6',
        _ => (byte)'0',
    };

    // PAX 1.0 of GNU tar: the count of pieces, then offset and length of each, a line each. One that ends in a hole has an empty piece at its end.
    private static byte[] Map(SparseMap map)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{map.Pieces.Count}\n");
        foreach (var (offset, length) in map.Pieces)
            text.Append(CultureInfo.InvariantCulture, $"{offset}\n{length}\n");
        var bytes = new List<byte>(Encoding.ASCII.GetBytes(text.ToString()));
        Fill(bytes);
        return [.. bytes];
    }

    private static void Fill(List<byte> bytes) => bytes.AddRange(new byte[Missing(bytes.Count)]);
}

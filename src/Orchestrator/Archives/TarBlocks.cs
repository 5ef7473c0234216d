using System.Globalization;
using System.Text;

namespace LxcNative.Orchestrator.Archives;

/// <summary>The fields of a tar header block (tar(5)) that are looked at here.</summary>
internal static class TarBlocks
{
    /// <summary>The size of a block.</summary>
    public const int Size = 512;

    private const int SizeOffset = 124;
    private const int ChecksumOffset = 148;
    private const int TypeOffset = 156;

    /// <summary>The entry's type.</summary>
    public static byte Type(ReadOnlySpan<byte> header) => header[TypeOffset];

    /// <summary>The bytes of data that follow.</summary>
    public static long DataSize(ReadOnlySpan<byte> header) => Number(header.Slice(SizeOffset, 12));

    /// <summary>Changes how many bytes of data follow.</summary>
    public static void SetDataSize(Span<byte> header, int size)
    {
        Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0'), header.Slice(SizeOffset, 11));
        header[SizeOffset + 11] = 0;
        SetChecksum(header);
    }

    /// <summary>Makes the header one of a regular file.</summary>
    public static void MakeRegular(Span<byte> header)
    {
        header[TypeOffset] = (byte)'0';
        SetChecksum(header);
    }

    /// <summary>A number in octal digits, or, with the highest bit set, in binary.</summary>
    /// <exception cref="MalformedArchiveException">It is neither, or negative.</exception>
    public static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
        {
            long value = field[0] & 0x3f;
            foreach (var next in field[1..])
                value = value > long.MaxValue >> 8 ? throw Wrong() : (value << 8) | next;
            return value;
        }

        var text = Encoding.ASCII.GetString(field).Trim(' ', '\0');
        if (text.Length == 0)
            return 0;
        long number = 0;
        foreach (var digit in text)
            number = digit is >= '0' and <= '7' && number <= long.MaxValue >> 3 ? (number << 3) | (uint)(digit - '0') : throw Wrong();
        return number;
    }

    /// <summary>Writes the checksum of a header that is complete otherwise.</summary>
    public static void SetChecksum(Span<byte> header)
    {
        var checksum = header.Slice(ChecksumOffset, 8);
        checksum.Fill((byte)' ');
        var sum = 0;
        foreach (var value in header)
            sum += value;
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0'), checksum);
        checksum[6] = 0;
    }

    private static MalformedArchiveException Wrong() =>
        new(string.Create(CultureInfo.InvariantCulture, $"a number in a header is damaged: this is no tar archive"));
}

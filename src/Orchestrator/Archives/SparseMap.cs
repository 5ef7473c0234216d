using System.Globalization;

namespace LxcNative.Orchestrator.Archives;

/// <summary>Where in a file the data of its archive entry belong; the rest are holes.</summary>
/// <param name="Size">The file's length in bytes.</param>
/// <param name="Pieces">Offset and length of each piece, in order.</param>
internal sealed record SparseMap(long Size, IReadOnlyList<(long Offset, long Length)> Pieces)
{
    /// <summary>The map of GNU.sparse.map (PAX 0.1): offsets and lengths by turns, separated by commas.</summary>
    /// <exception cref="MalformedArchiveException">It is none.</exception>
    public static SparseMap Parse(string size, string map) =>
        Checked(Number(size),
            [.. map.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Number).Chunk(2)
            .Select(pair => pair.Length == 2 ? (pair[0], pair[1]) : throw Wrong())]);

    /// <summary>The map at the head of an entry's data (PAX 1.0): the count of pieces, then offset and length of each, a line each, filled up to 512
    /// bytes.</summary>
    /// <exception cref="MalformedArchiveException">It is none.</exception>
    public static SparseMap Read(string size, Stream data)
    {
        var read = 0;
        long Line()
        {
            var digits = new System.Text.StringBuilder();
            for (; ; )
            {
                var value = data.ReadByte();
                read++;
                if (value is < 0 || digits.Length > 20)
                    throw Wrong();
                if (value == '\n')
                    return Number(digits.ToString());
                digits.Append((char)value);
            }
        }

        var count = Line();
        if (count is < 0 or > 1 << 20)
            throw Wrong();
        var pieces = new List<(long, long)>();
        for (var i = 0; i < count; i++)
            pieces.Add((Line(), Line()));
        for (; read % 512 != 0; read++)
            if (data.ReadByte() < 0)
                throw Wrong();
        return Checked(Number(size), pieces);
    }

    /// <summary>A map whose pieces are in order and within the file.</summary>
    /// <exception cref="MalformedArchiveException">They are not.</exception>
    public static SparseMap Checked(long size, IReadOnlyList<(long Offset, long Length)> pieces)
    {
        long end = 0;
        foreach (var (offset, length) in pieces)
        {
            if (offset < end || length < 0 || offset > size - length)
                throw Wrong();
            end = offset + length;
        }

        return new SparseMap(size, pieces);
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong();

    private static MalformedArchiveException Wrong() => new("the map of a sparse file is damaged");
}

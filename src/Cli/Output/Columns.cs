namespace LxcNative.Cli.Output;

/// <summary>Rows of plain columns, which a script can read as well.</summary>
internal static class Columns
{
    /// <summary>The lines: every column but the last as wide as its widest cell.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows)
    {
        var widths = rows[0].Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => column < row.Length - 1 ? cell.PadRight(widths[column]) : cell)));
    }
}

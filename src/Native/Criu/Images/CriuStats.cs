namespace LxcNative.Native.Criu.Images;

/// <summary>criu's statistics, which it writes into the work directory: stats-dump and stats-restore (images/stats.proto).</summary>
/// <param name="Dump">Of a dump; null in stats-restore.</param>
/// <param name="Restore">Of a restore; null in stats-dump.</param>
internal sealed record CriuStats(DumpStatistics? Dump, RestoreStatistics? Restore)
{
    /// <summary>Reads stats-dump or stats-restore.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CriuStats Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Parses the bytes of such a file.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static CriuStats Parse(ReadOnlySpan<byte> image, string file)
    {
        DumpStatistics? dump = null;
        RestoreStatistics? restore = null;
        var reader = new ImageEntries(image, ImageMagic.Statistics, file).Single();
        while (reader.Next())
        {
            if (reader.Field == 1)
                dump = DumpStatistics.Parse(reader.AsMessage());
            else if (reader.Field == 2)
                restore = RestoreStatistics.Parse(reader.AsMessage());
        }
        return new CriuStats(dump, restore);
    }
}

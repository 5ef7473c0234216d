namespace LxcNative.Orchestrator.Archives.Roots;

/// <summary>Notices an archive that was made to fill a disk.</summary>
/// <param name="mostBytes">The content that there is room for.</param>
/// <param name="archiveBytes">The size of the archive as it is.</param>
internal sealed class ExtractionLimits(long mostBytes, long archiveBytes)
{
    // A root file system is compressed to a half or a tenth; a few files of zeros at the beginning do not matter.
    private const long LargestRatio = 500;
    private const long Harmless = 64 << 20;
    private const int MostEntries = 10_000_000;
    // Those of directories are kept in memory until the end.
    private const long MostAttributes = 256 << 20;
    private long _bytes, _attributes;
    private int _entries;

    /// <summary>Counts an entry.</summary>
    /// <exception cref="MalformedArchiveException">There are more than any root file system has.</exception>
    public void CountEntry()
    {
        if (++_entries > MostEntries)
            throw new MalformedArchiveException($"the archive has more than {MostEntries} entries");
    }

    /// <summary>Counts extended attributes.</summary>
    /// <exception cref="MalformedArchiveException">They are more than any root file system has, or than there is room for.</exception>
    public void CountAttributes(long bytes)
    {
        _attributes += bytes;
        if (_attributes > MostAttributes)
            throw new MalformedArchiveException($"the archive has more than {MostAttributes >> 20} MiB of extended attributes");
        CountBytes(bytes);
    }

    /// <summary>Counts content.</summary>
    /// <exception cref="MalformedArchiveException">It is more than there is room for, or than can come of such an archive.</exception>
    public void CountBytes(long bytes)
    {
        _bytes += bytes;
        if (_bytes > mostBytes)
            throw new MalformedArchiveException($"the archive holds more than the {mostBytes >> 20} MiB that are free where it is extracted to");
        if (_bytes > Harmless && _bytes / LargestRatio > archiveBytes)
            throw new MalformedArchiveException(
                $"the archive of {archiveBytes} bytes holds more than {LargestRatio} times as much: it was made to fill the disk");
    }
}

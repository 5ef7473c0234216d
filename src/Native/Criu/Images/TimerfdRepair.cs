namespace LxcNative.Native.Criu.Images;

/// <summary>Mends periodic timerfds that had expired when they were dumped.</summary>
/// <remarks>The kernel shows 0 as the time left of such a timer until it is read; criu 4.2.1 dumps the 0, and setting a timer to 0 disarms it.
/// One nanosecond left instead lets it expire at once, as it had. Nothing else of the image changes, nor does its length.</remarks>
internal static class TimerfdRepair
{
    /// <summary>Writes a repaired copy of files.img; the copy appears whole or not at all.</summary>
    /// <param name="filesImage">The image to read.</param>
    /// <param name="destination">Where to write: another path on any file system, or the image itself. Replaced when present.</param>
    /// <returns>How many timers were repaired. With 0 the copy is equal to the image.</returns>
    /// <exception cref="MalformedImageException">It is not what criu writes; nothing was written.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static int Repair(string filesImage, string destination)
    {
        ArgumentException.ThrowIfNullOrEmpty(filesImage);
        ArgumentException.ThrowIfNullOrEmpty(destination);
        var image = File.ReadAllBytes(filesImage);
        var repaired = Repair(image.AsSpan(), filesImage);
        if (repaired == 0 && Path.GetFullPath(filesImage) == Path.GetFullPath(destination))
            return 0;
        Replace(destination, image, File.GetUnixFileMode(filesImage));
        return repaired;
    }

    /// <summary>Repairs the bytes of such a file in place.</summary>
    internal static int Repair(Span<byte> image, string file)
    {
        var expired = FilesImage.Parse(image, file).Timerfds.Where(timer => timer.IsExpiredPeriodic).ToList();
        foreach (var timer in expired)
        {
            // The first seven bits of a varint that is 0, in however many bytes it is written.
            image[(int)timer.ValueNanosecondsOffset] |= 1;
        }
        return expired.Count;
    }

    private static void Replace(string path, byte[] bytes, UnixFileMode mode)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode }))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}

namespace LxcNative.Native.Criu.Images;

/// <summary>Large files that are open for writing, opened for reading instead: over an overlay the first opening for writing copies a file whole.</summary>
internal static class WrittenFiles
{
    // O_ACCMODE (fcntl.h); O_RDONLY is 0. They are in the first byte of the number, however long it is.
    private const uint AccessMode = 3;

    /// <summary>Writes a copy of files.img.</summary>
    /// <param name="filesImage">The image to read.</param>
    /// <param name="destination">Where to write it.</param>
    /// <param name="largest">Files of up to that many bytes stay as they are.</param>
    /// <returns>How many are only read in the copy.</returns>
    /// <exception cref="MalformedImageException">It is not what criu writes; nothing was written.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static int OnlyRead(string filesImage, string destination, ulong largest)
    {
        var image = File.ReadAllBytes(filesImage);
        var changed = OnlyRead(image.AsSpan(), filesImage, largest);
        if (changed > 0)
            File.WriteAllBytes(destination, image);
        return changed;
    }

    /// <summary>Changes the bytes of such a file in place.</summary>
    internal static int OnlyRead(Span<byte> image, string file, ulong largest)
    {
        var written = FilesImage.Parse(image, file).Regular.Where(one => (one.Flags & AccessMode) != 0 && one.Size > largest).ToList();
        foreach (var one in written)
            image[(int)one.FlagsOffset] &= unchecked((byte)~AccessMode);
        return written.Count;
    }
}

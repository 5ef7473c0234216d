namespace LxcNative.Native.Criu.Images;

/// <summary>What criu expects of files that have a path: it opens none that has another size or mode than at the dump.</summary>
/// <remarks>Of images/fdinfo.proto: 3 reg; of images/regfile.proto: 1 id, 8 size, 10 mode.</remarks>
internal static class ExpectedFiles
{
    private const int Regular = 3, Size = 8, Mode = 10;

    /// <summary>The bytes of files.img with other sizes and modes; everything else is kept as it is, unknown fields included.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <param name="expected">The size in bytes and the mode (st_mode) of a file, by its number in the images.</param>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static byte[] With(ReadOnlySpan<byte> image, string file, IReadOnlyDictionary<uint, (ulong Size, uint Mode)> expected)
    {
        var written = new ImageWriter(ImageMagic.Files);
        var entries = new ImageEntries(image, ImageMagic.Files, file);
        while (entries.Next())
            written.Entry(MessageCopy.Of(entries, Regular, field => Changed(field, expected)));
        return written.Written.ToArray();
    }

    private static ProtobufWriter Changed(ProtobufReader field, IReadOnlyDictionary<uint, (ulong Size, uint Mode)> expected)
    {
        var entry = RegularFileEntry.Parse(field.AsMessage());
        if (!expected.TryGetValue(entry.Id, out var now))
            return MessageCopy.Same(field);
        // What criu does not compare it is not to compare either.
        var copy = MessageCopy.Without(field, Size, Mode);
        if (entry.Size is not null)
            copy.Number(Size, now.Size);
        return entry.Mode is null ? copy : copy.Number(Mode, now.Mode);
    }
}

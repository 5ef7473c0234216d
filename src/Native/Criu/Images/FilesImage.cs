namespace LxcNative.Native.Criu.Images;

/// <summary>The open files of a set of images (files.img, images/fdinfo.proto): those kinds that this library has a use for.</summary>
/// <param name="Regular">Files with a path.</param>
/// <param name="Timerfds">Timers.</param>
internal sealed record FilesImage(IReadOnlyList<RegularFileEntry> Regular, IReadOnlyList<TimerfdEntry> Timerfds)
{
    /// <summary>Reads files.img.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FilesImage Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Parses the bytes of such a file.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static FilesImage Parse(ReadOnlySpan<byte> image, string file)
    {
        var regular = new List<RegularFileEntry>();
        var timers = new List<TimerfdEntry>();
        var entries = new ImageEntries(image, ImageMagic.Files, file);
        while (entries.Next())
        {
            var reader = entries.Message;
            while (reader.Next())
            {
                if (reader.Field == 3)
                    regular.Add(RegularFileEntry.Parse(reader.AsMessage()));
                else if (reader.Field == 12)
                    timers.Add(TimerfdEntry.Parse(reader.AsMessage()));
            }
            reader.Require("file_entry", 1, 2);
        }
        return new FilesImage(regular, timers);
    }
}

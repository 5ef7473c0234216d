namespace LxcNative.Native.Criu.Images;

/// <summary>The files of a set of images that had no name of their own any more (remap-fpath.img): criu makes them, or their names, again.</summary>
/// <remarks>Of images/remap-file-path.proto: 1 orig_id, 2 remap_id, 3 remap_type.</remarks>
internal static class RemappedFiles
{
    // Of enum remap_type: the file has another name, and that one a number. Of others remap_id counts something else.
    private const uint Linked = 0;

    /// <summary>The numbers of those files, and of the names that stand for them; none where there is no such image.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlySet<uint> Read(string path) => File.Exists(path) ? Parse(File.ReadAllBytes(path), path) : new HashSet<uint>();

    /// <summary>Parses the bytes of such a file.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static IReadOnlySet<uint> Parse(ReadOnlySpan<byte> image, string file)
    {
        var files = new HashSet<uint>();
        var entries = new ImageEntries(image, ImageMagic.Remaps, file);
        while (entries.Next())
        {
            var remap = entries.Message;
            var (own, other, type) = (0U, 0U, Linked);
            while (remap.Next())
            {
                switch (remap.Field)
                {
                    case 1:
                        own = remap.AsUInt32();
                        break;
                    case 2:
                        other = remap.AsUInt32();
                        break;
                    case 3:
                        type = remap.AsUInt32();
                        break;
                }
            }

            remap.Require("remap_file_path_entry", 1, 2);
            files.Add(own);
            if (type == Linked)
                files.Add(other);
        }

        return files;
    }
}

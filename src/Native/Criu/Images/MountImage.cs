namespace LxcNative.Native.Criu.Images;

/// <summary>The mounts of one mount namespace (mountpoints-NS.img), in criu's order.</summary>
/// <remarks>Of images/mnt.proto: 11 master_id.</remarks>
internal static class MountImage
{
    private const int Master = 11;

    /// <summary>The paths of those files in a set of images, in order of their names; none where there is no such file.</summary>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    public static IReadOnlyList<string> Files(string directory) =>
        [.. Directory.EnumerateFiles(directory, "mountpoints-*.img").Order(StringComparer.Ordinal)];

    /// <summary>Reads mountpoints-NS.img.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<MountImageEntry> Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Parses the bytes of such a file.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static IReadOnlyList<MountImageEntry> Parse(ReadOnlySpan<byte> image, string file)
    {
        var mounts = new List<MountImageEntry>();
        var entries = new ImageEntries(image, ImageMagic.Mounts, file);
        while (entries.Next())
            mounts.Add(MountImageEntry.Parse(entries.Message));
        return mounts;
    }

    /// <summary>The bytes of such a file with mounts that receive from another peer group; everything else is kept as it is, unknown fields included.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <param name="which">Whether a mount is one of them.</param>
    /// <param name="group">The group; null for none.</param>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static byte[] WithMaster(ReadOnlySpan<byte> image, string file, Func<MountImageEntry, bool> which, uint? group)
    {
        var written = new ImageWriter(ImageMagic.Mounts);
        var entries = new ImageEntries(image, ImageMagic.Mounts, file);
        while (entries.Next())
        {
            if (!which(MountImageEntry.Parse(entries.Message)))
            {
                written.Entry(entries.Bytes);
                continue;
            }

            var mount = MessageCopy.Of(entries, Master, _ => null);
            written.Entry(group is { } master ? mount.Number(Master, master) : mount);
        }

        return written.Written.ToArray();
    }
}

namespace LxcNative.Native.Criu.Images;

/// <summary>The mounts of one mount namespace (mountpoints-NS.img), in criu's order.</summary>
/// <remarks>Of images/mnt.proto: 6 root, 9 options, 11 master_id.</remarks>
internal static class MountImage
{
    private const int Root = 6;
    private const int Options = 9;
    private const int Master = 11;
    private const string Name = "mountpoints-";
    private const string Extension = ".img";

    /// <summary>Whether a file of a set of images is one.</summary>
    public static bool IsName(string name) => name.StartsWith(Name, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal);

    /// <summary>The paths of those files in a set of images, in order of their names; none where there is no such file.</summary>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    public static IReadOnlyList<string> Files(string directory) =>
        [.. Directory.EnumerateFiles(directory, $"{Name}*{Extension}").Order(StringComparer.Ordinal)];

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
    public static byte[] WithMaster(ReadOnlySpan<byte> image, string file, Func<MountImageEntry, bool> which, uint? group) =>
        With(image, file, Master, mount => !which(mount) ? null : message => group is { } master ? message.Number(Master, master) : message) ?? image.ToArray();

    /// <summary>The bytes of such a file with mounts that show something else of their file system; everything else is kept as it is. Null
    /// where there is none.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <param name="root">What a mount is to show; null to leave it.</param>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static byte[]? WithRoot(ReadOnlySpan<byte> image, string file, Func<MountImageEntry, string?> root) =>
        With(image, file, Root, mount => root(mount) is { } shown ? message => message.Text(Root, shown) : null);

    /// <summary>The bytes of such a file with file systems that are made with other options; everything else is kept as it is. Null where
    /// there is none.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <param name="options">The options of a mount's file system; null to leave them.</param>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static byte[]? WithOptions(ReadOnlySpan<byte> image, string file, Func<MountImageEntry, string?> options) =>
        With(image, file, Options, mount => options(mount) is { } other ? message => message.Text(Options, other) : null);

    // Null: it is kept as it is.
    private static byte[]? With(ReadOnlySpan<byte> image, string file, int field, Func<MountImageEntry, Func<ProtobufWriter, ProtobufWriter>?> change)
    {
        var written = new ImageWriter(ImageMagic.Mounts);
        var isChanged = false;
        var entries = new ImageEntries(image, ImageMagic.Mounts, file);
        while (entries.Next())
        {
            if (change(MountImageEntry.Parse(entries.Message)) is not { } put)
            {
                written.Entry(entries.Bytes);
                continue;
            }

            isChanged = true;
            written.Entry(put(MessageCopy.Of(entries, field, _ => null)));
        }

        return isChanged ? written.Written.ToArray() : null;
    }
}

namespace LxcNative.Native.Criu.Images;

/// <summary>The mounts of one mount namespace (mountpoints-NS.img), in criu's order.</summary>
internal static class MountImage
{
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
}

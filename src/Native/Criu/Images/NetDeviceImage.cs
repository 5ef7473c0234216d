namespace LxcNative.Native.Criu.Images;

/// <summary>The links of one network namespace (netdev-NS.img).</summary>
internal static class NetDeviceImage
{
    /// <summary>Reads netdev-NS.img.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<NetDeviceImageEntry> Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Parses the bytes of such a file.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static IReadOnlyList<NetDeviceImageEntry> Parse(ReadOnlySpan<byte> image, string file)
    {
        var devices = new List<NetDeviceImageEntry>();
        var entries = new ImageEntries(image, ImageMagic.NetDevices, file);
        while (entries.Next())
            devices.Add(NetDeviceImageEntry.Parse(entries.Message));
        return devices;
    }
}

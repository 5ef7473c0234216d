namespace LxcNative.Native.Criu.Images;

/// <summary>A network namespace of the images (netns-NS.img, netns_entry of images/netdev.proto).</summary>
/// <param name="ExternalKey">The name it was declared external with; null where its content is in the images.</param>
/// <param name="NamespaceIds">How other namespaces are addressed from it: criu's number of the namespace to its nsid here.</param>
internal sealed record NetNamespaceImage(string? ExternalKey, IReadOnlyDictionary<uint, int> NamespaceIds)
{
    /// <summary>Reads netns-NS.img.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static NetNamespaceImage Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Parses the bytes of such a file.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static NetNamespaceImage Parse(ReadOnlySpan<byte> image, string file)
    {
        string? key = null;
        var ids = new Dictionary<uint, int>();
        var reader = new ImageEntries(image, ImageMagic.NetNamespace, file).Single();
        while (reader.Next())
        {
            if (reader.Field == 7)
                ParseId(reader.AsMessage(), ids);
            else if (reader.Field == 8)
                key = reader.AsText();
        }
        return new NetNamespaceImage(key, ids);
    }

    private static void ParseId(ProtobufReader reader, Dictionary<uint, int> ids)
    {
        var (target, id) = (0u, 0);
        while (reader.Next())
        {
            if (reader.Field == 1)
                target = reader.AsUInt32();
            else if (reader.Field == 2)
                id = reader.AsInt32();
        }
        reader.Require("netns_id", 1, 2);
        ids[target] = id;
    }
}

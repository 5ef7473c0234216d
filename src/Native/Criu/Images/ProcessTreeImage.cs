namespace LxcNative.Native.Criu.Images;

/// <summary>The tasks of a set of images, the root first (pstree.img).</summary>
internal static class ProcessTreeImage
{
    /// <summary>Reads pstree.img.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<ProcessTreeEntry> Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Parses the bytes of such a file.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static IReadOnlyList<ProcessTreeEntry> Parse(ReadOnlySpan<byte> image, string file)
    {
        var tasks = new List<ProcessTreeEntry>();
        var entries = new ImageEntries(image, ImageMagic.ProcessTree, file);
        while (entries.Next())
            tasks.Add(ParseEntry(entries.Message));
        return tasks;
    }

    private static ProcessTreeEntry ParseEntry(ProtobufReader reader)
    {
        uint pid = 0, parent = 0, group = 0, session = 0;
        var threads = new List<uint>();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    pid = reader.AsUInt32();
                    break;
                case 2:
                    parent = reader.AsUInt32();
                    break;
                case 3:
                    group = reader.AsUInt32();
                    break;
                case 4:
                    session = reader.AsUInt32();
                    break;
                case 5:
                    reader.AddUInt32s(threads);
                    break;
            }
        }
        reader.Require("pstree_entry", 1, 2, 3, 4);
        return new ProcessTreeEntry(pid, parent, group, session, threads);
    }
}

namespace LxcNative.Native.Criu.Images;

/// <summary>Takes cgroup.subtree_control out of an image of cgroups (cgroup.img), for whoever enables the controllers in criu's place.</summary>
/// <remarks>criu enables them when every task is there, which is too late for a task that watches a file which only controllers make (memory.events), as
/// systemd does; and where something
/// is enabled by then, it writes a line that the kernel refuses. Everything else is kept as it is, unknown fields included. Of images/cgroup.proto:
/// <code>
///   cgroup_entry         2 controllers
///   cg_controller_entry  2 dirs
///   cgroup_dir_entry     1 dir_name   2 children   3 properties
///   cgroup_prop_entry    1 name       2 value
/// </code></remarks>
internal static class SubtreeControlRepair
{
    private const string File = "cgroup.subtree_control";
    private const int Controllers = 2, Directories = 2, Name = 1, Children = 2, Properties = 3;

    /// <summary>The bytes of such an image without it.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <param name="enabled">What was enabled, a cgroup before those below it; nothing where the copy is equal to the image.</param>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static byte[] Repair(ReadOnlySpan<byte> image, string file, out IReadOnlyList<SubtreeControl> enabled)
    {
        var found = new List<SubtreeControl>();
        var written = new ImageWriter(ImageMagic.Cgroup);
        var entries = new ImageEntries(image, ImageMagic.Cgroup, file);
        while (entries.Next())
            written.Entry(MessageCopy.Of(entries, Controllers, controller => CopyController(controller, found)));
        enabled = found;
        return found.Count == 0 ? image.ToArray() : written.Written.ToArray();
    }

    private static ProtobufWriter CopyController(ProtobufReader field, List<SubtreeControl> found) =>
        MessageCopy.Of(field, Directories, directory => CopyDirectory(directory, "", 0, found));

    private static ProtobufWriter CopyDirectory(ProtobufReader field, string path, int depth, List<SubtreeControl> found)
    {
        if (depth == CgroupProperty.Deepest)
            throw new MalformedImageException("cgroup.img", field.ValueOffset, $"cgroups are more than {CgroupProperty.Deepest} deep");
        // A cgroup's properties may come after the cgroups below it.
        var own = found.Count;
        return MessageCopy.Of(field, Children, CopyChild, Properties, CopyProperty);

        ProtobufWriter CopyChild(ProtobufReader child) => CopyDirectory(child, Below(path, child.AsMessage()), depth + 1, found);

        ProtobufWriter? CopyProperty(ProtobufReader property)
        {
            var (name, value) = CgroupProperty.Read(property.AsMessage());
            if (name != File)
                return MessageCopy.Same(property);
            if (value.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } controllers)
                found.Insert(own, new SubtreeControl(path, controllers));
            return null;
        }
    }

    private static string Below(string path, ProtobufReader directory)
    {
        while (directory.Next())
            if (directory.Field == Name)
                return path.Length == 0 ? directory.AsText().Trim('/') : $"{path}/{directory.AsText().Trim('/')}";
        return path;
    }
}

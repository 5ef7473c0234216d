namespace LxcNative.Native.Criu.Images;

/// <summary>A file of a cgroup in the images (cgroup.img).</summary>
/// <param name="Controllers">The controllers of its hierarchy, in order; none for version 2.</param>
/// <param name="Path">The cgroup, below the container's own: empty for that.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Value">What was in it.</param>
/// <remarks>Of images/cgroup.proto: cgroup_entry 2 controllers; cg_controller_entry 1 cnames, 2 dirs; cgroup_dir_entry 1 dir_name, 2 children, 3 properties;
/// cgroup_prop_entry 1 name, 2 value.</remarks>
internal sealed record CgroupProperty(string Controllers, string Path, string Name, string Value)
{
    /// <summary>How many cgroups may be below each other: deeper than the kernel's tools go, and shallow enough for a stack.</summary>
    public const int Deepest = 512;

    /// <summary>Parses the bytes of cgroup.img.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static IReadOnlyList<CgroupProperty> Parse(ReadOnlySpan<byte> image, string file)
    {
        var found = new List<CgroupProperty>();
        var entries = new ImageEntries(image, ImageMagic.Cgroup, file);
        while (entries.Next())
            for (var entry = entries.Message; entry.Next();)
                if (entry.Field == 2)
                    ParseController(entry.AsMessage(), found);
        return found;
    }

    /// <summary>Reads a cgroup_prop_entry.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static (string Name, string Value) Read(ProtobufReader property)
    {
        var (name, value) = ("", "");
        while (property.Next())
            (name, value) = property.Field == 1 ? (property.AsText(), value) : property.Field == 2 ? (name, property.AsText()) : (name, value);
        return (name, value);
    }

    private static void ParseController(ProtobufReader controller, List<CgroupProperty> found)
    {
        var names = new List<string>();
        for (var named = controller; named.Next();)
            if (named.Field == 1 && named.AsText().Length > 0)
                names.Add(named.AsText());
        while (controller.Next())
            if (controller.Field == 2)
                ParseDirectory(controller.AsMessage(), string.Join(',', names.Order(StringComparer.Ordinal)), null, 0, found);
    }

    private static void ParseDirectory(ProtobufReader directory, string controllers, string? above, int depth, List<CgroupProperty> found)
    {
        if (depth == Deepest)
            throw new MalformedImageException("cgroup.img", directory.EndOffset, $"cgroups are more than {Deepest} deep");
        var name = "";
        for (var named = directory; named.Next();)
            if (named.Field == 1)
                name = named.AsText().Trim('/');
        var path = above is null ? "" : above.Length == 0 ? name : $"{above}/{name}";
        while (directory.Next())
        {
            if (directory.Field == 2)
                ParseDirectory(directory.AsMessage(), controllers, path, depth + 1, found);
            else if (directory.Field == 3)
            {
                var (file, value) = Read(directory.AsMessage());
                found.Add(new CgroupProperty(controllers, path, file, value));
            }
        }
    }
}

using LxcNative.Native.Criu.Images;
using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Comparisons;

/// <summary>The name of a setting of a cgroup: hierarchy, cgroup below the container's own, and file.</summary>
/// <param name="Hierarchy">The hierarchy's controllers, or "unified".</param>
/// <param name="Path">The cgroup; empty for the container's own.</param>
/// <param name="File">The file.</param>
internal readonly record struct LimitItem(string Hierarchy, string Path, string File)
{
    private const char Separator = ':';
    private const string Devices = "devices.list";

    /// <summary>Whether it names a file below the container's own cgroup, and not the second of one name.</summary>
    public bool IsPlain => File.Length > 0 && File[0] != '.' && File.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-')
        && (Path.Length == 0 || PathScope.IsBelow(Path));

    /// <summary>What a file says, so that the same is the same text: the order of device rules has no meaning.</summary>
    public static string Value(string file, string text) =>
        file == Devices ? string.Join('\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)) : text.Trim();

    /// <summary>That of a setting in the images.</summary>
    public static string Of(CgroupProperty property)
    {
        var hierarchy = property.Controllers.Length == 0 ? "unified" : property.Controllers;
        return $"{hierarchy}{Separator}{(property.Path.Length == 0 ? "" : property.Path + "/")}{property.Name}";
    }

    /// <summary>Takes a name apart.</summary>
    public static LimitItem Parse(string item)
    {
        var colon = item.IndexOf(Separator, StringComparison.Ordinal);
        var slash = item.LastIndexOf('/');
        return slash <= colon
            ? new LimitItem(item[..colon], "", item[(colon + 1)..])
            : new LimitItem(item[..colon], item[(colon + 1)..slash], item[(slash + 1)..]);
    }
}

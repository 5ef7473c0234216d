using LxcNative.Native.Files;
namespace LxcNative.Orchestrator.Engines.Lxc;

/// <summary>Where LXC keeps its containers: <c>lxc.lxcpath</c> of /etc/lxc/lxc.conf, else /var/lib/lxc.</summary>
internal static class LxcPath
{
    private const string GlobalConfiguration = "/etc/lxc/lxc.conf";

    /// <summary>The path in force on this host.</summary>
    public static string Default() =>
        File.Exists(GlobalConfiguration) ? Parse(RegularFile.ReadText(GlobalConfiguration)) : Fallback;

    /// <summary>A path that somebody named, as LXC's commands take it: without slashes at its end, which would be in the address of the command socket; null
    /// for the default.</summary>
    public static string Of(string? named) => named?.TrimEnd('/') ?? Default();

    /// <summary>The path that the text of an lxc.conf gives.</summary>
    internal static string Parse(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && line[..equals].Trim() == "lxc.lxcpath" && line[(equals + 1)..].Trim() is { Length: > 0 } value)
                return value.TrimEnd('/');
        }

        return Fallback;
    }

    private const string Fallback = "/var/lib/lxc";
}

using System.Text.Json.Serialization;
using LxcNative.Orchestrator.Parts.Cgroups;

namespace LxcNative.Orchestrator.Restores.Clones;

/// <summary>A container that is restored under another name than the one that was checkpointed, which may run beside it: what it has of its own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Original">The name of the one that was checkpointed.</param>
/// <param name="LxcPath">Where LXC keeps both.</param>
/// <param name="HostName">What it calls itself.</param>
/// <param name="Root">Its root: a directory that was named for it, or the original's, which an overlay is laid over.</param>
/// <param name="IsOverlaid">Whether that is the original's.</param>
/// <param name="RootInode">The inode that the original's has to have; 0 for any.</param>
/// <param name="Devices">Its network devices that others on the host's network see.</param>
internal sealed record Clone(
    string Name, string Original, string LxcPath, string HostName, string Root, bool IsOverlaid, ulong RootInode, IReadOnlyList<CloneDevice> Devices)
{
    /// <summary>What is in <see cref="Home"/>: see <see cref="Configuration"/>, <see cref="Upper"/> and <see cref="Work"/>.</summary>
    public const string ConfigurationName = "config", UpperName = "delta0", WorkName = "olwork";

    /// <summary>Its directory, of a container like any other of LXC's.</summary>
    [JsonIgnore]
    public string Home => Path.Combine(LxcPath, Name);

    /// <summary>Its configuration.</summary>
    [JsonIgnore]
    public string Configuration => Path.Combine(Home, ConfigurationName);

    /// <summary>What it changes of the root.</summary>
    [JsonIgnore]
    public string Upper => Path.Combine(Home, UpperName);

    /// <summary>What the overlay works in: LXC takes the directory of this name beside the upper layer (storage/overlay.c).</summary>
    [JsonIgnore]
    public string Work => Path.Combine(Home, WorkName);

    /// <summary>Its root in LXC's words.</summary>
    [JsonIgnore]
    public string RootItem => IsOverlaid ? $"overlay:{Root}:{Upper}" : $"dir:{Root}";

    /// <summary>Where its cgroups are: those of the original's name under its own.</summary>
    [JsonIgnore]
    public CgroupRelocation Cgroups => new(Renamed);

    /// <summary>The device of a name inside; null for one that nobody outside sees.</summary>
    public CloneDevice? Device(string inside) => Devices.FirstOrDefault(device => device.Inside == inside);

    // LXC's are lxc.payload.NAME or lxc.payload.NAME-NUMBER, or something below that.
    private string Renamed(string path)
    {
        var parts = path.Split('/');
        for (var i = parts.Length - 1; i >= Math.Max(1, parts.Length - 2); i--)
        {
            var number = NumberAt(parts[i]);
            // That of a container whose name ends in a number has that as well.
            foreach (var end in (int[])[parts[i].Length, number])
                if (PlaceOf(parts[i].AsSpan(0, end)) is { } at)
                {
                    parts[i] = string.Concat(parts[i].AsSpan(0, at), Name, parts[i].AsSpan(end));
                    return string.Join('/', parts);
                }
        }

        return $"{path}-{Name}";
    }

    private int? PlaceOf(ReadOnlySpan<char> part)
    {
        var at = part.Length - Original.Length;
        return part.EndsWith(Original, StringComparison.Ordinal) && (at == 0 || part[at - 1] == '.') ? at : null;
    }

    // Where the "-NUMBER" at its end begins, which LXC puts after a name that is taken; its length where there is none.
    private static int NumberAt(string part)
    {
        var bare = part.AsSpan().TrimEnd("0123456789");
        return bare.Length < part.Length && bare.EndsWith('-') ? bare.Length - 1 : part.Length;
    }
}

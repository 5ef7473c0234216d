using System.Globalization;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>The place for images whose directory nobody named: PATH/NAME/TIME, one directory a checkpoint.</summary>
public static class ImageStore
{
    /// <summary>The place.</summary>
    public const string DefaultPath = "/var/lib/lxcnative";

    private const string TimeFormat = "yyyyMMdd'T'HHmmss'.'fff'Z'";

    /// <summary>A directory name that does not exist yet, for a checkpoint of <paramref name="name"/> made at <paramref name="now"/>.</summary>
    public static string NewDirectory(string name, DateTimeOffset now)
    {
        ContainerName.Check(name);
        return Path.Combine(DefaultPath, name, now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
    }

    /// <summary>The newest complete checkpoint of <paramref name="name"/>, or null.</summary>
    public static string? Newest(string name)
    {
        ContainerName.Check(name);
        var all = Path.Combine(DefaultPath, name);
        return Directory.Exists(all)
            ? Directory.EnumerateDirectories(all).Where(one => File.Exists(Path.Combine(one, CheckpointManifest.FileName)))
                .OrderDescending(StringComparer.Ordinal).FirstOrDefault()
            : null;
    }
}

namespace LxcNative.Orchestrator.Preparation.Configurations;

/// <summary>A configuration as LXC of today can run it: old keys replaced, an old fstab taken in.</summary>
public static class CurrentConfiguration
{
    private const string FstabKey = "lxc.mount.fstab";

    /// <summary>Converts a configuration; one that LXC of today can run comes back as it is.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="root">The root file system's directory; null for the one that it names.</param>
    /// <param name="file">What the file is called in an error.</param>
    /// <exception cref="MalformedConfigurationException">See <see cref="KeyConversion.Convert(LxcConfiguration, string)"/>.</exception>
    public static LxcConfiguration Of(LxcConfiguration configuration, string? root = null, string file = "config")
    {
        var converted = KeyConversion.Convert(configuration, file);
        if (converted.Get(FstabKey) is not { } fstab || (root ?? RootOf(converted)) is not { } directory || !File.Exists(fstab))
            return converted;
        var text = File.ReadAllText(fstab);
        return FstabInlining.IsNeeded(converted, text, directory) ? FstabInlining.Apply(converted, text, directory) : converted;
    }

    /// <summary>The directory that a configuration with the keys of today names as root file system; null where it names none.</summary>
    public static string? RootOf(LxcConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var root = configuration.Get("lxc.rootfs.path");
        return root is not null && root.StartsWith("dir:", StringComparison.Ordinal) ? root["dir:".Length..] : root;
    }
}

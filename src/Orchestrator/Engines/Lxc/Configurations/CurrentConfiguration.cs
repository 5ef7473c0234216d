using LxcNative.Native.Files;
namespace LxcNative.Orchestrator.Engines.Lxc.Configurations;

/// <summary>A configuration as LXC of today can run it: old keys replaced, an old fstab taken in.</summary>
internal static class CurrentConfiguration
{
    /// <summary>Converts a configuration; one that LXC of today can run comes back as it is.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="root">The root file system's directory.</param>
    /// <param name="file">What the file is called in an error.</param>
    /// <exception cref="MalformedConfigurationException">See <see cref="KeyConversion.Convert(LxcConfiguration, string)"/>.</exception>
    public static LxcConfiguration Of(LxcConfiguration configuration, string root, string file = "config") =>
        WithoutOldFstab(KeyConversion.Convert(configuration, file), root);

    /// <summary>Takes the fstab in where LXC of today could not mount it; see <see cref="FstabInlining"/>.</summary>
    /// <param name="configuration">The configuration, with the keys of today.</param>
    /// <param name="root">The root file system's directory.</param>
    public static LxcConfiguration WithoutOldFstab(LxcConfiguration configuration, string root)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.Get(FstabInlining.FstabKey) is not { } fstab || !File.Exists(fstab))
            return configuration;
        var text = RegularFile.ReadText(fstab);
        return FstabInlining.IsNeeded(configuration, text, root) ? FstabInlining.Apply(configuration, text, root) : configuration;
    }

    /// <summary>The directory that a configuration with the keys of today names as root file system; null where it names none.</summary>
    public static string? RootOf(LxcConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var root = configuration.Get("lxc.rootfs.path");
        return root is not null && root.StartsWith("dir:", StringComparison.Ordinal) ? root["dir:".Length..] : root;
    }
}

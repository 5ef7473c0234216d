using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines.Lxc.Configurations;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>What becomes of the container's root when it ends, by LXC's configuration.</summary>
internal static class RootObservation
{
    private static readonly string[] MountHooks = ["lxc.hook.pre-start", "lxc.hook.pre-mount", "lxc.hook.mount"];

    /// <summary>Why it goes, in words; null where it stays, or where there is no configuration to ask.</summary>
    public static string? WhyItGoes(Container container)
    {
        var path = $"{container.LxcPath}/{container.Name}/config";
        LxcConfiguration configuration;
        try
        {
            configuration = LxcConfiguration.Parse(RegularFile.ReadText(path), path);
        }
        catch (Exception e) when (e is IOException or MalformedConfigurationException)
        {
            return null;
        }

        if (configuration.Get("lxc.ephemeral") is "1")
            return "lxc.ephemeral is 1: LXC destroys the root when the container ends";
        var root = container.Root;
        var hook = MountHooks.FirstOrDefault(key => configuration.Get(key) is not null);
        // A hook may do anything; it is one for the root where that is a mount of its own.
        return hook is not null && root.FileSystemType != "overlay"
            && (root.HostPath is null || MountInfo.ReadSelf().Any(entry => entry.MountPoint == root.HostPath))
            ? $"{hook} is set, and the root is a mount of its own ({root.FileSystemType}): hooks that mount it unmount it as well"
            : null;
    }
}

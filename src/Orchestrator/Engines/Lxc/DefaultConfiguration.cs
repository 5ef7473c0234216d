namespace LxcNative.Orchestrator.Engines.Lxc;

/// <summary>What LXC takes where nothing else is named.</summary>
public static class DefaultConfiguration
{
    /// <summary>The configuration of a new container.</summary>
    public const string Path = "/etc/lxc/default.conf";

    /// <summary>Where LXC keeps containers: lxc.lxcpath of /etc/lxc/lxc.conf, else /var/lib/lxc.</summary>
    public static string LxcPath => Lxc.LxcPath.Default();
}

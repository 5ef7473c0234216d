using LxcNative.Netlink.Uapi;
using LxcNative.Orchestrator.Parts.Network.Kinds;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>A network device of a network namespace of the container.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Index">Its index.</param>
/// <param name="Type">ARPHRD_ of linux/if_arp.h.</param>
/// <param name="Kind">The kernel's kind; null for a device that has none.</param>
internal sealed record ObservedLink(string Name, int Index, int Type, string? Kind)
{
    /// <summary>Whether criu makes it again.</summary>
    public bool IsKnownToCriu => LinkKinds.IsKnownToCriu(Name, (ARPHRD)Type, Kind);
}

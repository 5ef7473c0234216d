using LxcNative.Orchestrator.Parts.Network;

namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>What a host end was given on the host besides its bridge: by LXC in router mode, by scripts of lxc.net.N.script.up, by hand. The kernel's own
/// messages, as they came.</summary>
internal sealed record HostSide
{
    /// <summary>The host that it was given on (<see cref="ThisHost"/>); null where that is not known.</summary>
    public string? Host { get; init; }

    /// <summary>RTM_NEWADDR of both families.</summary>
    public IReadOnlyList<byte[]> Addresses { get => field ?? []; init; }

    /// <summary>RTM_NEWROUTE of both families and all tables that lead out of it, without those that the kernel makes of addresses.</summary>
    public IReadOnlyList<byte[]> Routes { get => field ?? []; init; }

    /// <summary>RTM_NEWNEIGH: permanent neighbours, proxies, and static entries of its bridge's forwarding table.</summary>
    public IReadOnlyList<byte[]> Neighbours { get => field ?? []; init; }

    /// <summary>Its settings below /proc/sys/net that are not those of a new device.</summary>
    public IReadOnlyList<SysctlValue> Settings { get => field ?? []; init; }

    /// <summary>Its other names.</summary>
    public IReadOnlyList<string> AlternativeNames { get => field ?? []; init; }

    /// <summary>Whether there is nothing of it.</summary>
    public bool IsEmpty => Addresses.Count + Routes.Count + Neighbours.Count + Settings.Count + AlternativeNames.Count == 0;
}

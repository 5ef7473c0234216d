using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Cgroups;

/// <summary>Where the container, and its monitor, are among the host's cgroups.</summary>
internal sealed record CgroupsState : PartState
{
    /// <summary>The container's cgroups, one per hierarchy.</summary>
    public IReadOnlyList<ContainerCgroup> Cgroups { get => field ?? []; init; }

    /// <summary>Those of its monitor.</summary>
    public IReadOnlyList<ContainerCgroup> Monitor { get => field ?? []; init; }

    /// <summary>The controllers that the container's version 2 cgroup has from those above it.</summary>
    public IReadOnlyList<string> Available { get => field ?? []; init; }

    /// <summary>How much of them is in criu's images.</summary>
    public CriuManageCgroups Managed { get; init; } = CriuManageCgroups.Soft;
}

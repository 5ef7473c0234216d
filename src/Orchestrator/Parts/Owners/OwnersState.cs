using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Parts.Owners;

/// <summary>The users and groups of the container's user namespace, as the host has them; none where it is the host's.</summary>
internal sealed record OwnersState : PartState
{
    /// <summary>The users.</summary>
    public IReadOnlyList<IdRange> Users { get => field ?? []; init; }

    /// <summary>The groups.</summary>
    public IReadOnlyList<IdRange> Groups { get => field ?? []; init; }

    /// <summary>The files of its cgroups that are the container's to write.</summary>
    public IReadOnlyList<CgroupFileOwner> Cgroups { get => field ?? []; init; }
}

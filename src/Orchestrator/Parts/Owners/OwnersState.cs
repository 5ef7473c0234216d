using System.Text.Json.Serialization;
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

    /// <summary>Whether the container has a user namespace of its own.</summary>
    [JsonIgnore]
    public bool IsMapped => Users.Count > 0;

    /// <summary>The container's root and root's group; null where they are the host's.</summary>
    [JsonIgnore]
    public (uint User, uint Group)? Root => IsMapped ? (IdMap.Outside(Users, 0)!.Value, IdMap.Outside(Groups, 0)!.Value) : null;
}

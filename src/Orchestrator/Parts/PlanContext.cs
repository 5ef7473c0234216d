using LxcNative.Orchestrator.Parts.Cgroups;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Restores.Clones;
using LxcNative.Orchestrator.Restores.Rehearsals;

namespace LxcNative.Orchestrator.Parts;

/// <summary>What parts have to know to plan their coming back.</summary>
/// <param name="Name">The container's name.</param>
/// <param name="ImagesDirectory">Where the images are.</param>
/// <param name="Options">How it shall be restored.</param>
/// <param name="Rehearsal">The names of a rehearsal, which is to stand beside whatever runs; null for a restore.</param>
/// <param name="Cloned">What it has of its own under another name; null where it gets the one that it had.</param>
internal sealed record PlanContext(string Name, string ImagesDirectory, RestoreOptions Options, Rehearsal? Rehearsal = null, Clone? Cloned = null)
{
    /// <summary>Whether nothing was found that is wrong with the images: others are not to be read.</summary>
    public bool AreImagesSound { get; init; } = true;

    /// <summary>Where its cgroups are put; null for where they were.</summary>
    public CgroupRelocation? Relocation => Rehearsal?.Cgroups ?? Cloned?.Cgroups;
}

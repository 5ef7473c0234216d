using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Restores.Rehearsals;

namespace LxcNative.Orchestrator.Parts;

/// <summary>What parts have to know to plan their coming back.</summary>
/// <param name="Name">The container's name.</param>
/// <param name="ImagesDirectory">Where the images are.</param>
/// <param name="Options">How it shall be restored.</param>
/// <param name="Rehearsal">The names of a rehearsal, which is to stand beside whatever runs; null for a restore.</param>
internal sealed record PlanContext(string Name, string ImagesDirectory, RestoreOptions Options, Rehearsal? Rehearsal = null);

using LxcNative.Orchestrator.Parts.Mounts;

namespace LxcNative.Orchestrator.Parts.Tmpfs;

/// <summary>A private tmpfs of the container that was captured natively.</summary>
/// <param name="Key">What criu's images call it.</param>
/// <param name="File">Its image in the images directory.</param>
/// <param name="Source">What mountinfo showed as its source.</param>
/// <param name="SuperOptions">What mountinfo showed as its superblock options (size, mode, ...).</param>
/// <param name="Places">Where it was mounted whole, one or more times.</param>
internal sealed record TmpfsMount(string Key, string File, string Source, string SuperOptions, IReadOnlyList<MountPlace> Places);

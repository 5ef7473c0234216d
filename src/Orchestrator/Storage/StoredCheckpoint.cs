using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Storage;

/// <summary>A checkpoint on the disk, complete or not.</summary>
/// <param name="Directory">Where it is, absolute.</param>
/// <param name="Container">The container's name: of the manifest, or else of the directory in the store; null where neither tells.</param>
public sealed record StoredCheckpoint(string Directory, string? Container)
{
    /// <summary>Where LXC kept the container; null where the manifest does not tell.</summary>
    public string? LxcPath { get; init; }

    /// <summary>How it is named in its store, NAME/TIME; null for one that is elsewhere, which is named by its directory.</summary>
    public string? Reference { get; init; }

    /// <summary>When it was made: by the manifest, or else by the directory's time.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>What it was called when it was made; null for nothing.</summary>
    public string? Label { get; init; }

    /// <summary>The sizes of all its files, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>How long the container stood still for it; null where that was not recorded (before 0.2.0, or its process was killed).</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>Whether it has a manifest that can be read.</summary>
    public bool HasManifest { get; init; }

    /// <summary>Whether every image of the manifest is there, with its size, and root's alone. The images' content is not read (<see
    /// cref="ImagesVerification"/> does).</summary>
    public bool IsComplete { get; init; }

    /// <summary>Whether a restore would begin, here and now, as far as can be seen without reading the images.</summary>
    public bool IsRestorable { get; init; }

    /// <summary>What a restore would be told, the gravest first: also what does not stand in its way.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

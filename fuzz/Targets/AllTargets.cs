namespace LxcNative.Fuzz.Targets;

/// <summary>All parsers of bytes that a container, an archive, an image or a kernel gives.</summary>
internal static class AllTargets
{
    /// <summary>They.</summary>
    public static IReadOnlyList<FuzzTarget> List { get; } =
        [.. ProcTargets.List, .. CriuTargets.List, .. NetlinkTargets.List, .. CheckpointTargets.List, .. LxcTargets.List];
}

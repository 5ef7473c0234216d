namespace LxcNative.Orchestrator.Parts.Confinement;

/// <summary>The AppArmor policy that confined a container's processes: criu keeps their labels, and what is in policy namespaces of the
/// container's own; the host's profiles that the labels name are here. LXC unloads the one that it made when the container ends.</summary>
internal sealed record AppArmorImage
{
    /// <summary>The version of the layout that is written, and the newest that is read.</summary>
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    /// <summary>The profiles of the host's namespace that labels name.</summary>
    public required IReadOnlyList<AppArmorProfile> Profiles { get; init; }

    /// <summary>The policy namespaces that labels name.</summary>
    public required IReadOnlyList<string> Namespaces { get; init; }
}

using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>The container's root, and what of the host is mounted in it.</summary>
internal sealed record MountsState : PartState
{
    /// <summary>The root; null in no image of ours.</summary>
    public RootFileSystem? Root { get; init; }

    /// <summary>The host's files and directories that are bound into the container.</summary>
    public IReadOnlyList<ExternalMount> External { get => field ?? []; init; }

    /// <summary>What criu mounts anew without a flag that it does not know: that no symbolic link in it is followed.</summary>
    public IReadOnlyList<MountPlace> NoSymFollow { get => field ?? []; init; }

    /// <summary>File systems that criu mounts anew only when it is told to.</summary>
    public IReadOnlyList<string> EnabledFileSystems { get => field ?? []; init; }

    /// <summary>Those with that flag among mounts.</summary>
    public static IReadOnlyList<MountPlace> NoSymFollowOf(IEnumerable<ContainerMount> mounts) =>
        [.. mounts.Where(mount => mount.Kind == ContainerMountKind.Internal && (MountFlagRepair.FlagsOf(mount.Entry.Options) & MountFlags.NoSymFollow) != 0)
            .Select(mount => new MountPlace(mount.Entry.MountPoint, mount.Entry.Options))];

    /// <summary>Those among mounts.</summary>
    public static IReadOnlyList<string> EnabledOf(IEnumerable<ContainerMount> mounts) =>
        [.. mounts.Select(mount => mount.Entry.FileSystemType).Where(type => type is "hugetlbfs" or "tracefs").Distinct()];
}

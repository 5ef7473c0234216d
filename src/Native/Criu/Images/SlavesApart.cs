using LxcNative.Native.Files;

namespace LxcNative.Native.Criu.Images;

/// <summary>Takes mounts out of the peer groups that they receive from, where criu cannot put them there: it makes all that receive from one group, and are
/// in none themselves, members of
/// it by the first of them, which the kernel does only for mounts of what the first shows (MOVE_MOUNT_SET_GROUP).</summary>
internal static class SlavesApart
{
    /// <summary>The groups of which that is so.</summary>
    /// <param name="mounts">The mounts of all mount namespaces of a set of images.</param>
    public static IReadOnlySet<uint> Groups(IReadOnlyCollection<MountImageEntry> mounts) =>
        mounts.Where(mount => mount is { MasterId: not null, SharedId: null, ExternalKey: null }).GroupBy(mount => mount.MasterId!.Value)
            .Where(group => !group.Any(wide => group.All(mount => PathScope.Holds(wide.Root, mount.Root)))).Select(group => group.Key)
            .Where(group => mounts.Any(mount => mount.SharedId == group && mount.MasterId is null)).ToHashSet();

    /// <summary>The bytes of mountpoints-NS.img with their members in no group.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="apart">The mounts that are in none now.</param>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static byte[] Apart(ReadOnlySpan<byte> image, string file, IReadOnlySet<uint> groups, out IReadOnlyList<MountImageEntry> apart)
    {
        apart = [.. MountImage.Parse(image, file).Where(IsOne)];
        return MountImage.WithMaster(image, file, IsOne, group: null);

        bool IsOne(MountImageEntry mount) => mount is { SharedId: null, MasterId: { } master, ExternalKey: null } && groups.Contains(master);
    }
}

using LxcNative.Native.Files;

namespace LxcNative.Native.Criu.Images;

/// <summary>Takes mounts out of the peer groups that they receive from, where criu cannot put them there: it makes all that receive from one group, and are
/// in none themselves, members of
/// it by the first of them, which the kernel does only for mounts of what the first shows (MOVE_MOUNT_SET_GROUP).</summary>
/// <remarks>Of images/mnt.proto: 6 root, 10 shared_id, 11 master_id.</remarks>
internal static class SlavesApart
{
    private const int Master = 11;

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
        var found = new List<MountImageEntry>();
        var written = new ImageWriter(ImageMagic.Mounts);
        var entries = new ImageEntries(image, ImageMagic.Mounts, file);
        while (entries.Next())
        {
            var mount = MountImageEntry.Parse(entries.Message);
            if (mount is { SharedId: null, MasterId: { } master, ExternalKey: null } && groups.Contains(master))
            {
                found.Add(mount);
                written.Entry(MessageCopy.Of(entries, Master, _ => null));
            }
            else
            {
                written.Entry(entries.Bytes);
            }
        }

        apart = found;
        return written.Written.ToArray();
    }
}

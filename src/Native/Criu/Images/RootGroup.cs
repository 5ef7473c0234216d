namespace LxcNative.Native.Criu.Images;

/// <summary>Puts the root, and what else of its file system receives from the same peer group, into a group of its own. criu makes mounts of one group members
/// of it by the first of them, which the kernel does only for mounts of one file system (MOVE_MOUNT_SET_GROUP): with another root, what is bound from the host
/// and the root are of two.</summary>
internal static class RootGroup
{
    private const string RootPoint = "/";

    /// <summary>A group that none of the mounts is in.</summary>
    /// <param name="mounts">The mounts of all mount namespaces of a set of images.</param>
    public static uint Unused(IEnumerable<MountImageEntry> mounts)
    {
        var taken = mounts.SelectMany(mount => (uint?[])[mount.SharedId, mount.MasterId]).OfType<uint>().ToHashSet();
        var group = taken.DefaultIfEmpty().Max();
        do
            group = unchecked(group + 1);
        while (group == 0 || taken.Contains(group));
        return group;
    }

    /// <summary>The bytes of mountpoints-NS.img with that changed; null where nothing has to be.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <param name="group">The group to receive from.</param>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static byte[]? Apart(ReadOnlySpan<byte> image, string file, uint group)
    {
        var mounts = MountImage.Parse(image, file);
        if (mounts.FirstOrDefault(mount => mount.MountPoint == RootPoint)?.MasterId is not { } former
            || mounts.All(mount => mount.ExternalKey is null || mount.MasterId != former))
            return null;
        return MountImage.WithMaster(image, file, mount => mount.MasterId == former && mount.ExternalKey is null, group);
    }
}

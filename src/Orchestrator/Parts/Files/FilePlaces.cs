using LxcNative.Native.Criu.Images;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Parts.Mounts;

namespace LxcNative.Orchestrator.Parts.Files;

/// <summary>Where on the host the container's files are: below its root, or below what is bound into it. Files of other file systems come back with the
/// container.</summary>
internal sealed class FilePlaces : IDisposable
{
    // A place of the host, and the directory of a file system that is there.
    private readonly List<(uint Device, string Directory, FileDescriptor Place)> _anchors = [];
    private readonly Dictionary<int, MountImageEntry> _mounts = [];

    /// <summary>Opens the places.</summary>
    /// <param name="imagesDirectory">The images.</param>
    /// <param name="root">The directory of the host that is the root; null for none.</param>
    /// <param name="external">What of the host is bound into it.</param>
    /// <exception cref="MalformedImageException">The images are not what criu writes.</exception>
    /// <exception cref="IOException">They cannot be read.</exception>
    public FilePlaces(string imagesDirectory, string? root, IReadOnlyList<ExternalMount> external)
    {
        var own = $"mountpoints-{KernelObjectIds.Read(Path.Combine(imagesDirectory, "ids-1.img")).MountNamespace}.img";
        foreach (var file in MountImage.Files(imagesDirectory))
            foreach (var mount in MountImage.Read(file))
            {
                _mounts.TryAdd((int)mount.MountId, mount);
                // A service may have another root than the container.
                if (root is not null && mount.MountPoint == "/" && Path.GetFileName(file) == own)
                    Anchor(mount, () => FileOpen.DirectoryPlace(root));
                else if (external.FirstOrDefault(one => one.Key == mount.ExternalKey) is { } bound)
                    Anchor(mount, () => BindSources.Open(bound, external));
            }
    }

    /// <summary>Looks at a file.</summary>
    /// <param name="file">The file, as the images have it.</param>
    /// <param name="status">What is there; null where nothing is.</param>
    /// <returns>False where it cannot be told: it is of another file system, or its name is not text.</returns>
    public bool TryLook(RegularFileEntry file, out FileStatus? status)
    {
        status = null;
        if (file.Name.Contains('\ufffd', StringComparison.Ordinal) || !_mounts.TryGetValue(file.MountId, out var mount)
            || Below(mount.MountPoint, file.Name) is not { } rest)
            return false;
        var path = Join(mount.Root, rest);
        foreach (var (device, directory, place) in _anchors)
            if (device == mount.RootDevice && Below(directory, path) is { } inside)
                return TryLook(place, inside, out status);
        return false;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (_, _, place) in _anchors)
            place.Dispose();
    }

    private static bool TryLook(FileDescriptor place, string path, out FileStatus? status)
    {
        status = null;
        try
        {
            using var file = path.Length == 0 ? null : FileOpen.OpenAt2(place, path, OpenFlags.Path | OpenFlags.NoFollow,
                ResolveFlags.InRoot | ResolveFlags.NoMagicLinks | ResolveFlags.NoMountCrossing);
            status = FileStatus.Read(file ?? place);
            return true;
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ENOTDIR)
        {
            return true;
        }
        catch (SyscallException)
        {
            // Something else is mounted there on the host, or it does not let us look: the restore will tell.
            return false;
        }
    }

    // That the place is not there is told by whoever needs it for more.
    private void Anchor(MountImageEntry mount, Func<FileDescriptor> open)
    {
        try
        {
            _anchors.Add((mount.RootDevice, mount.Root, open()));
        }
        catch (Exception e) when (e is SyscallException or Errors.RefusedException)
        {
        }
    }

    // What a path is below a directory, without a slash before it; null where it is not.
    private static string? Below(string directory, string path)
    {
        var (above, below) = (directory.Trim('/'), path.TrimStart('/'));
        if (above.Length == 0)
            return below;
        return below == above ? "" : below.StartsWith(above + "/", StringComparison.Ordinal) ? below[(above.Length + 1)..] : null;
    }

    private static string Join(string directory, string rest) => $"{directory.TrimEnd('/')}/{rest}".TrimEnd('/');
}

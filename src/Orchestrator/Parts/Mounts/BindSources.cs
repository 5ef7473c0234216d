using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>Finds what of the host is bound into a container: the container may write above it, rename it, and put a symbolic link to anything of the host in
/// its place.</summary>
internal static class BindSources
{
    private const OpenFlags Place = OpenFlags.Path;
    private const ResolveFlags NoLinks = ResolveFlags.NoSymbolicLinks | ResolveFlags.NoMagicLinks;

    /// <summary>Says of each mount what it shows, and in which other one the container sees it too.</summary>
    /// <exception cref="RefusedException">One is not there any more, or reached by a link by now.</exception>
    public static IReadOnlyList<ExternalMount> Describe(IEnumerable<ContainerMount> mounts)
    {
        var all = new List<ExternalMount>();
        // What is above another comes first: it is the one that the container was given.
        foreach (var mount in mounts.OrderBy(one => one.HostPath!.Length))
        {
            var one = new ExternalMount(KeyOf(mount), mount.Entry.MountPoint, mount.HostPath!, mount.Entry.Options)
            {
                IsSlave = mount.Entry.MasterGroup is not null,
            };
            using var place = Open(one, all);
            one = one with { Source = BindSource.Of(place, mount.Entry.Root) };
            var wider = all.FirstOrDefault(other => other.Within is null && Shows(other, one) && IsReachedBy(other, one));
            all.Add(one with { Within = wider?.Key });
        }

        return all;
    }

    /// <summary>Opens what a mount shows, following no link.</summary>
    /// <param name="mount">The mount.</param>
    /// <param name="all">All of the container's.</param>
    /// <returns>The place (O_PATH); the caller's to dispose.</returns>
    /// <exception cref="RefusedException">It is not what it was.</exception>
    public static FileDescriptor Open(ExternalMount mount, IReadOnlyList<ExternalMount> all)
    {
        FileDescriptor? place = null;
        try
        {
            place = Reach(mount, all);
            if (mount.Source?.DifferenceTo(BindSource.Of(place, mount.Source.Path)) is { } difference)
                throw Refusal(mount, difference);
            return place;
        }
        catch (SyscallException e)
        {
            place?.Dispose();
            throw Refusal(mount, e.Errno switch
            {
                Errno.ENOENT or Errno.ENOTDIR => "does not exist on this host",
                Errno.ELOOP => "has a symbolic link in its path by now, which may lead anywhere and is not followed",
                Errno.EXDEV => "has something else mounted on it by now, which the container did not see",
                _ => $"cannot be opened: {e.Message}",
            }, e);
        }
        catch
        {
            place?.Dispose();
            throw;
        }
    }

    /// <summary>Binds a directory of the host, following no link. The calling thread must have a private mount namespace.</summary>
    /// <exception cref="SyscallException">ELOOP: there is a symbolic link in its path.</exception>
    public static void Bind(string path, string point)
    {
        using var place = Absolute(path);
        using var copy = DetachedMount.Clone(place);
        DetachedMount.Attach(copy, point);
    }

    private static FileDescriptor Reach(ExternalMount mount, IReadOnlyList<ExternalMount> all)
    {
        if (mount.Within is not { } key)
            return Absolute(mount.HostPath);
        var wider = all.FirstOrDefault(other => other.Key == key && other.Within is null && PathScope.Holds(other.HostPath, mount.HostPath))
            ?? throw new RefusedException($"{mount.HostPath} is said to be within {key}, which is no such mount: the manifest is damaged");
        using var above = Open(wider, all);
        return Below(above, wider, mount);
    }

    /// <summary>Opens a place of the host (O_PATH), following no link; the caller's to dispose.</summary>
    /// <exception cref="SyscallException">ELOOP: there is a symbolic link in its path.</exception>
    public static FileDescriptor Absolute(string path)
    {
        using var root = FileOpen.DirectoryPlace("/");
        return FileOpen.OpenAt2(root, path, Place, NoLinks);
    }

    private static FileDescriptor Below(FileDescriptor above, ExternalMount wider, ExternalMount mount) =>
        Rest(wider.HostPath, mount.HostPath) is { Length: > 0 } rest
            ? FileOpen.OpenAt2(above, rest, Place, NoLinks | ResolveFlags.Beneath | ResolveFlags.NoMountCrossing)
            : Absolute(mount.HostPath);

    private static bool Shows(ExternalMount wider, ExternalMount mount) =>
        wider.Source!.FileSystem == mount.Source!.FileSystem && wider.Source.Type == FileType.Directory
        && PathScope.Holds(wider.HostPath, mount.HostPath) && PathScope.Holds(wider.Source.Path, mount.Source.Path)
        && Rest(wider.HostPath, mount.HostPath) == Rest(wider.Source.Path, mount.Source.Path);

    // The host may have the same file system mounted once more there.
    private static bool IsReachedBy(ExternalMount wider, ExternalMount mount)
    {
        try
        {
            using var above = Absolute(wider.HostPath);
            using var place = Below(above, wider, mount);
            return mount.Source!.DifferenceTo(BindSource.Of(place, mount.Source.Path)) is null;
        }
        catch (SyscallException e) when (e.Errno is Errno.EXDEV)
        {
            return false;
        }
    }

    private static string Rest(string above, string path) => path[above.Length..].Trim('/');

    // The mount point may hold any byte; criu parses its option at brackets and colons, so the key is a number.
    private static string KeyOf(ContainerMount mount) => $"lxcnative-mnt-{mount.Entry.Id}";

    private static RefusedException Refusal(ExternalMount mount, string what, SyscallException? cause = null) =>
        new($"{mount.HostPath}, bound to {mount.MountPoint} in the container, {what}. A restore can be told what to bind there instead: "
            + $"--external mnt[{mount.Key}]:PATH", cause);
}

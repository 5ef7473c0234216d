using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>The container's root on a mount point of its own, in a mount namespace that only this thread has.</summary>
/// <remarks>criu needs the root to be a mount point, with no bind source above it: under /run nothing of the host is bound from.</remarks>
internal static class RootMount
{
    /// <summary>Mounts the root. The calling thread must have a private mount namespace.</summary>
    public static void Make(string point, RootFileSystem root)
    {
        PrivateDirectory.Create(point);
        if (root.HostPath is { } path)
            BindSources.Bind(path, point);
        else if (root.FileSystemType == "overlay")
            MountReceiving(point, root);
        else
            Mount.MountFileSystem(root.FileSystemType, root.Source, point, root.ReadOnly ? MountFlags.ReadOnly : MountFlags.None, MountData(root));
        // A block device is known by its name, and another file system may be on it by now; a directory may have been put in the place of another.
        if (root.Inode != 0 && FileStatus.Read(point).Inode != root.Inode)
            throw new RefusedException(
                $"what is at {root.HostPath ?? root.Source} is not the file system that the container's root was: nothing is restored on it. Mount the right "
                + "one and name the place with --root");
        // What the root receives from the host it goes on to receive; what the container mounts stays its own. criu cannot give a mount back
        // that was in a peer group of the host (systemd makes "/" shared) when its new root is in none.
        Mount.SetPropagation(point, Propagation.Slave, recursive: false);
    }

    // As a directory of a host does whose mounts are shared, it receives from another mount: criu gives the container's root back what it was.
    private static void MountReceiving(string point, RootFileSystem root)
    {
        var first = $"{point}-first";
        PrivateDirectory.Create(first);
        Mount.MountFileSystem(root.FileSystemType, root.Source, first, root.ReadOnly ? MountFlags.ReadOnly : MountFlags.None, MountData(root));
        Mount.SetPropagation(first, Propagation.Shared, recursive: false);
        Mount.Bind(first, point, recursive: false);
    }

    // mountinfo shows what the superblock was made with, and the ro/rw that mount(2) takes as a flag.
    private static string MountData(RootFileSystem root) =>
        string.Join(',', root.Options.Split(',').Where(option => option is not ("rw" or "ro")));
}

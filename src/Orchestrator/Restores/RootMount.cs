using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Restores;

/// <summary>The container's root on a mount point of its own, in a mount namespace that only this thread has.</summary>
/// <remarks>criu needs the root to be a mount point, with no bind source above it: under /run nothing of the host is bound from.</remarks>
internal sealed class RootMount
{
    private const string Base = "/run/lxcnative/roots";

    private RootMount(string path) => Path = path;

    /// <summary>The mount point.</summary>
    public string Path { get; }

    /// <summary>Mounts the root. The calling thread must have a private mount namespace.</summary>
    public static RootMount Make(string name, RootFileSystem root)
    {
        var point = System.IO.Path.Combine(Base, name);
        Directory.CreateDirectory(point);
        if (root.HostPath is { } path)
            Mount.Bind(path, point, recursive: false);
        else
            Mount.MountFileSystem(root.FileSystemType, root.Source, point, root.ReadOnly ? MountFlags.ReadOnly : MountFlags.None, MountData(root));
        Mount.SetPropagation(point, Propagation.Private, recursive: false);
        return new RootMount(point);
    }

    /// <summary>Removes the empty mount point, which the host sees too.</summary>
    public void RemovePoint()
    {
        Mount.Unmount(Path, UnmountFlags.Detach);
        Directory.Delete(Path);
    }

    // mountinfo shows what the superblock was made with, and the ro/rw that mount(2) takes as a flag.
    private static string MountData(RootFileSystem root) =>
        string.Join(',', root.Options.Split(',').Where(option => option is not ("rw" or "ro")));
}

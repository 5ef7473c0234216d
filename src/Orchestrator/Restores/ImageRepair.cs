using LxcNative.Native.Criu.Images;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Mends what criu would restore wrong, in copies of the images that only this thread's mount namespace shows.</summary>
internal static class ImageRepair
{
    private const string Base = "/run/lxcnative/images";

    /// <summary>Removes the empty directory that the copies were mounted on, which the host sees too.</summary>
    public static void RemovePlace(MonitorRequest request)
    {
        var copies = PlaceOf(request);
        if (!Directory.Exists(copies))
            return;
        Mount.Unmount(copies, UnmountFlags.Detach);
        Directory.Delete(copies);
    }

    /// <summary>Puts mended copies over the images. The calling thread must have a private mount namespace.</summary>
    public static void Apply(MonitorRequest request)
    {
        var copies = PlaceOf(request);
        PrivateDirectory.Create(copies);
        // The copies live in memory, on a file system that goes away with the namespace.
        Mount.MountFileSystem("tmpfs", "lxcnative", copies, MountFlags.NoSuid | MountFlags.NoDev | MountFlags.NoExec, "mode=0700");
        Replace(request, copies, "files.img", TimerfdRepair.Repair);
        if (request.Detached)
            Replace(request, copies, "core-1.img", ParentDeathRepair.Repair);
    }

    private static string PlaceOf(MonitorRequest request) => Path.Combine(Base, $"{request.Name}.{Environment.ProcessId}");

    private static void Replace(MonitorRequest request, string copies, string name, Func<string, string, int> repair)
    {
        var original = Path.Combine(request.ImagesDirectory, name);
        var copy = Path.Combine(copies, name);
        if (File.Exists(original) && repair(original, copy) > 0)
            Mount.Bind(copy, original, recursive: false);
    }
}

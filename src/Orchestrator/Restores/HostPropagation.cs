using LxcNative.Native.Criu.Images;
using LxcNative.Native.Mounts;

namespace LxcNative.Orchestrator.Restores;

/// <summary>How mounts of the host are seen by whoever restores: as slaves, so that what is mounted for the restore is nobody else's to see.</summary>
internal static class HostPropagation
{
    /// <summary>Arranges it in the calling thread's mount namespace, which is its own.</summary>
    /// <param name="imagesDirectory">The images. criu gives mounts that received from the host's their group back by that of their sources. Where this
    /// command's mounts are private (<c>unshare --mount</c>, a unit with mounts of its own) there is none: they get one, which nobody else is in.</param>
    /// <exception cref="Native.Errors.SyscallException">The kernel refused it.</exception>
    /// <exception cref="MalformedImageException">A table of mounts in the images is damaged.</exception>
    public static void Arrange(string imagesDirectory)
    {
        Mount.SetPropagation("/", Propagation.Slave, recursive: true);
        if (MountInfo.ReadSelf().Last(entry => entry.MountPoint == "/") is { SharedGroup: null, MasterGroup: null } && HasSlavesOfTheHost(imagesDirectory))
            Mount.SetPropagation("/", Propagation.Shared, recursive: true);
    }

    private static bool HasSlavesOfTheHost(string imagesDirectory) =>
        MountImage.Files(imagesDirectory).SelectMany(MountImage.Read).Any(mount => mount is { ExternalKey: not null, MasterId: not null });
}

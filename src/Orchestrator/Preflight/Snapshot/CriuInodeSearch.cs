using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Looks for an inode in the places where criu does when its file system does not find it by a handle (criu/irmap.c).</summary>
internal static class CriuInodeSearch
{
    private static readonly string[] Places =
    [
        "etc", "var/spool", "var/log", "usr/share/dbus-1/services", "usr/share/dbus-1/system-services", "var/lib/polkit-1/localauthority",
        "usr/share/polkit-1/actions", "lib/udev",
    ];

    /// <summary>Whether it is there.</summary>
    /// <param name="root">The container's root, as this process sees it.</param>
    /// <param name="device">The file system's device in the kernel's encoding.</param>
    /// <param name="inode">The inode.</param>
    public static bool Finds(string root, uint device, ulong inode) =>
        Is($"{root}/.", device, inode) || Places.Any(place => FindsBelow($"{root}/{place}", device, inode));

    private static bool FindsBelow(string path, uint device, ulong inode)
    {
        try
        {
            if (!FileStatus.TryRead(path, out var status, followLinks: false))
                return false;
            return Matches(status, device, inode)
                || (status.IsDirectory && DirectoryListing.Read(path).Any(entry => FindsBelow($"{path}/{entry.Name}", device, inode)));
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ENAMETOOLONG or Errno.ELOOP)
        {
            // Removed meanwhile, or out of criu's reach too: the container makes these names.
            return false;
        }
    }

    private static bool Is(string path, uint device, ulong inode) => FileStatus.TryRead(path, out var status) && Matches(status, device, inode);

    private static bool Matches(FileStatus status, uint device, ulong inode) =>
        status.Inode == inode && ((uint)status.Device.Major << 20 | (uint)status.Device.Minor) == device;
}

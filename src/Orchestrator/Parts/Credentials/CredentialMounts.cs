using LxcNative.Native.Errors;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Parts.Mounts;

namespace LxcNative.Orchestrator.Parts.Credentials;

/// <summary>Takes such mounts away, and makes them again.</summary>
internal static class CredentialMounts
{
    /// <summary>Makes them again, where the directory is still there and nothing is mounted on it.</summary>
    /// <param name="init">The container's init.</param>
    /// <param name="mounts">The mounts.</param>
    /// <returns>What could not be made, in words.</returns>
    public static IReadOnlyList<string> GiveBack(int init, IReadOnlyList<CredentialMount> mounts)
    {
        try
        {
            var there = MountInfo.Read(init).Select(entry => entry.MountPoint).ToHashSet(StringComparer.Ordinal);
            using var inside = Namespace.Open(init, NamespaceKind.Mount);
            return NamespaceThread.Run(() => mounts.Where(mount => !there.Contains(mount.MountPoint)).Select(TryMake).OfType<string>().ToList(), inside);
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            // It ended, and needs none.
            return [];
        }
        catch (LinuxException e)
        {
            return [$"the mounts for the credentials of units are not back: {e.Message}"];
        }
    }

    private static string? TryMake(CredentialMount mount)
    {
        try
        {
            // The mount is read-only, as systemd makes it, not the file system.
            var flags = MountFlagRepair.FlagsOf(mount.Options);
            Mount.MountFileSystem("ramfs", "ramfs", mount.MountPoint, flags & ~MountFlags.ReadOnly, mount.Data);
            Mount.Remount(mount.MountPoint, flags | MountFlags.Bind);
            return null;
        }
        catch (SyscallException e) when (e.Errno == Errno.ENOENT)
        {
            // The unit was stopped meanwhile.
            return null;
        }
        catch (SyscallException e)
        {
            return $"{mount.MountPoint} is not mounted again: {e.Message}";
        }
    }
}

using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Execution;

/// <summary>The host's files as the process has them that enters a container: on mounts that nobody can write.</summary>
/// <remarks>For a moment that process is seen from inside, where root could open its program and its libraries (/proc/PID/exe, as in CVE-2019-5736) and write
/// them later; a program
/// there may be a link to /proc/self/exe, too.</remarks>
internal static class UnwritableHost
{
    private static readonly HashSet<string> s_written = new(StringComparer.Ordinal) { "proc", "cgroup", "cgroup2" };

    /// <summary>Makes them so, in the mount namespace of the calling thread, which has to be its own.</summary>
    /// <exception cref="RefusedException">A kernel before Linux 5.12.</exception>
    /// <exception cref="SyscallException">The kernel refused it.</exception>
    public static void Make()
    {
        // A copy: the same places, of the same file systems.
        var written = MountInfo.ReadSelf().Where(mount => s_written.Contains(mount.FileSystemType) && !mount.IsReadOnly).ToList();
        Mount.SetPropagation("/", Propagation.Slave, recursive: true);
        try
        {
            using var root = FileOpen.Open("/", OpenFlags.Path | OpenFlags.Directory);
            DetachedMount.SetAttributes(root, MountAttributes.ReadOnly, recursive: true);
            // What the kernel makes up is no file of the host's: it is entered by being written.
            foreach (var mount in written)
                Open(mount.MountPoint);
        }
        catch (SyscallException e) when (e.Errno == Errno.ENOSYS)
        {
            throw new RefusedException("running a program in a container needs mount_setattr(2), of Linux 5.12: without it the container could write the "
                + "host's programs", e);
        }
    }

    private static void Open(string mountPoint)
    {
        try
        {
            using var place = FileOpen.Open(mountPoint, OpenFlags.Path);
            DetachedMount.SetAttributes(place, MountAttributes.None, MountAttributes.ReadOnly);
        }
        catch (SyscallException e) when (e.Errno is Errno.EINVAL or Errno.ENOENT or Errno.ENOTDIR)
        {
            // Another mount hides it, from everybody.
        }
    }
}

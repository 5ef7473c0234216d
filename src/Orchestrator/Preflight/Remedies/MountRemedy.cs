using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;

namespace LxcNative.Orchestrator.Preflight.Remedies;

/// <summary>What can be done about a mount from outside, on a thread inside the container's mount namespace.</summary>
internal static class MountRemedy
{
    /// <summary>Unmounts the topmost mount at a place, if it is the one that was meant; nothing lazily, nothing forced.</summary>
    /// <param name="init">A process of the container.</param>
    /// <param name="mountNamespace">The container's mount namespace; stays the caller's.</param>
    /// <param name="mount">The mount as it was found.</param>
    /// <exception cref="SyscallException">EBUSY: something has a file of it open.</exception>
    public static void Unmount(int init, FileDescriptor mountNamespace, MountEntry mount)
    {
        CheckSame(init, mount);
        NamespaceThread.Run(() => Mount.Unmount(mount.MountPoint, UnmountFlags.NoFollow), mountNamespace);
    }

    /// <summary>Makes a mount private.</summary>
    /// <inheritdoc cref="Unmount" path="/param" />
    /// <exception cref="SyscallException">mount(2) failed.</exception>
    public static void MakePrivate(int init, FileDescriptor mountNamespace, MountEntry mount)
    {
        CheckSame(init, mount);
        NamespaceThread.Run(() => Mount.SetPropagation(mount.MountPoint, Propagation.Private), mountNamespace);
    }

    // The container runs: by now something else may be mounted there. Inside, /proc is the container's and does not know our thread.
    private static void CheckSame(int init, MountEntry mount)
    {
        var there = MountInfo.Read(init).LastOrDefault(entry => entry.MountPoint == mount.MountPoint);
        if (there?.Id != mount.Id)
            throw new SyscallException("umount2", $"\"{mount.MountPoint}\"", Errno.EINVAL, "something else is mounted there now, or over it");
    }
}

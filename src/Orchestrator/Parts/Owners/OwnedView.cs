using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Parts.Owners;

/// <summary>The images as the root of a container's user namespace may read them. The files stay as they are, and root's alone.</summary>
internal static class OwnedView
{
    /// <summary>Makes a mount that shows them so, attached nowhere.</summary>
    /// <returns>The mount; the caller's to dispose, which ends it unless it was attached.</returns>
    /// <exception cref="RefusedException">The file system that they are on, or the kernel, cannot do that.</exception>
    /// <exception cref="SyscallException">The kernel refused something else.</exception>
    public static FileDescriptor Make(string imagesDirectory, OwnersState owners)
    {
        var view = DetachedMount.Clone(imagesDirectory);
        try
        {
            using var users = UserNamespace.Make(owners.Users, owners.Groups);
            DetachedMount.MapOwners(view, users);
            return view;
        }
        // EPERM: what is shown with other owners already.
        catch (SyscallException e) when (e.Operation.StartsWith("mount_setattr", StringComparison.Ordinal)
            && e.Errno is Errno.EINVAL or Errno.ENOSYS or Errno.EPERM)
        {
            view.Dispose();
            throw new RefusedException(
                $"the images of a container with a user namespace have to be shown to its root, which the file system of {imagesDirectory} or this kernel "
                + "cannot do (idmapped mounts: ext4 and xfs from Linux 5.12 on, btrfs 5.15, overlayfs 5.19, tmpfs 6.3): put the images elsewhere", e);
        }
        catch
        {
            view.Dispose();
            throw;
        }
    }
}

using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;
using Kernel = LxcNative.Native.Uapi.Mount;

namespace LxcNative.Native.Mounts;

/// <summary>Mounts held by a descriptor instead of a place in the tree: open_tree(2), move_mount(2), mount_setattr(2) (Linux 5.2 and 5.12).</summary>
public static unsafe class DetachedMount
{
    /// <summary>Opens a place of the tree like O_PATH. The descriptor is the caller's to dispose.</summary>
    /// <exception cref="SyscallException">open_tree(2) failed.</exception>
    public static FileDescriptor Open(string path) => OpenTree(path, 0);

    /// <summary>Copies a mount, like a bind, without attaching it anywhere: it ends with the descriptor unless it was attached.</summary>
    /// <param name="path">The directory or file to bind.</param>
    /// <param name="recursive">With everything mounted below.</param>
    /// <returns>The caller's to dispose.</returns>
    /// <exception cref="SyscallException">open_tree(2) failed; EINVAL for a mount that is unbindable or not in this mount namespace.</exception>
    public static FileDescriptor Clone(string path, bool recursive = false) =>
        OpenTree(path, Kernel.OPEN_TREE_CLONE | (recursive ? (uint)Fcntl.AT_RECURSIVE : 0));

    /// <summary>Copies the mount of an open place, like a bind, without attaching it anywhere.</summary>
    /// <param name="place">A directory or file of this mount namespace, O_PATH is enough; stays the caller's.</param>
    /// <returns>The caller's to dispose.</returns>
    /// <exception cref="SyscallException">open_tree(2) failed; EINVAL for a mount that is unbindable or not in this mount namespace.</exception>
    internal static FileDescriptor Clone(FileDescriptor place)
    {
        using var lease = new DescriptorLease(place);
        byte empty = 0;
        return new FileDescriptor(SyscallException.ThrowIfFailed(
            MountCalls.OpenTree(lease.Number, &empty, Kernel.OPEN_TREE_CLONE | Kernel.OPEN_TREE_CLOEXEC | (uint)Fcntl.AT_EMPTY_PATH),
            "open_tree",
            $"descriptor {lease.Number}"));
    }

    /// <summary>Attaches a detached mount, or moves an attached one.</summary>
    /// <param name="mount">The mount; stays the caller's.</param>
    /// <param name="target">The mount point.</param>
    /// <exception cref="SyscallException">move_mount(2) failed.</exception>
    public static void Attach(FileDescriptor mount, string target)
    {
        using var lease = new DescriptorLease(mount);
        byte empty = 0;
        fixed (byte* path = CString.From(target))
        {
            SyscallException.ThrowIfFailed(
                MountCalls.MoveMount(lease.Number, &empty, Fcntl.AT_FDCWD, path, Kernel.MOVE_MOUNT_F_EMPTY_PATH),
                "move_mount",
                $"descriptor {lease.Number} -> \"{target}\"");
        }
    }

    /// <summary>Attaches a detached mount at an open place: nobody can exchange the path meanwhile.</summary>
    /// <param name="mount">The mount; stays the caller's.</param>
    /// <param name="target">The place, O_PATH is enough; stays the caller's.</param>
    /// <exception cref="SyscallException">move_mount(2) failed.</exception>
    public static void Attach(FileDescriptor mount, FileDescriptor target)
    {
        using var from = new DescriptorLease(mount);
        using var to = new DescriptorLease(target);
        byte empty = 0;
        SyscallException.ThrowIfFailed(
            MountCalls.MoveMount(from.Number, &empty, to.Number, &empty, Kernel.MOVE_MOUNT_F_EMPTY_PATH | Kernel.MOVE_MOUNT_T_EMPTY_PATH),
            "move_mount",
            $"descriptor {from.Number} -> descriptor {to.Number}");
    }

    /// <summary>Puts a private mount into the peer group, and under the master, of another (MOVE_MOUNT_SET_GROUP, Linux 5.15).</summary>
    /// <param name="mount">The mount; stays the caller's.</param>
    /// <param name="like">One of the same file system that shows at least what it shows; stays the caller's.</param>
    /// <exception cref="SyscallException">EINVAL: it is not private, or shows something else. EPERM: not both may be changed.</exception>
    internal static void JoinGroup(FileDescriptor mount, FileDescriptor like)
    {
        using var from = new DescriptorLease(like);
        using var to = new DescriptorLease(mount);
        byte empty = 0;
        const uint Flags = Kernel.MOVE_MOUNT_SET_GROUP | Kernel.MOVE_MOUNT_F_EMPTY_PATH | Kernel.MOVE_MOUNT_T_EMPTY_PATH;
        SyscallException.ThrowIfFailed(
            MountCalls.MoveMount(from.Number, &empty, to.Number, &empty, Flags),
            "move_mount MOVE_MOUNT_SET_GROUP",
            $"descriptor {from.Number} -> descriptor {to.Number}");
    }

    /// <summary>Changes properties of a mount, the rest staying as they are: mount(2) sets all of them at once.</summary>
    /// <param name="mount">The mount; stays the caller's.</param>
    /// <param name="set">To be set.</param>
    /// <param name="clear">To be cleared.</param>
    /// <param name="propagation">The new propagation; null for no change.</param>
    /// <param name="recursive">On everything mounted below too: either all change or none.</param>
    /// <exception cref="SyscallException">mount_setattr(2) failed.</exception>
    public static void SetAttributes(
        FileDescriptor mount, MountAttributes set, MountAttributes clear = MountAttributes.None, Propagation? propagation = null, bool recursive = false)
    {
        using var lease = new DescriptorLease(mount);
        var attributes = new mount_attr { attr_set = (ulong)set, attr_clr = (ulong)clear, propagation = (ulong)(propagation ?? 0) };
        byte empty = 0;
        var flags = (uint)(Fcntl.AT_EMPTY_PATH | (recursive ? Fcntl.AT_RECURSIVE : 0));
        SyscallException.ThrowIfFailed(
            MountCalls.MountSetAttr(lease.Number, &empty, flags, &attributes), "mount_setattr", $"descriptor {lease.Number} set {set} clear {clear}");
    }

    /// <summary>Shows a mount's files with the owners that a user namespace has for them: root's own become those of the namespace's root
    /// (MOUNT_ATTR_IDMAP, Linux 5.12).</summary>
    /// <param name="mount">A detached mount that was not attached yet; stays the caller's.</param>
    /// <param name="userNamespace">The user namespace; stays the caller's.</param>
    /// <exception cref="SyscallException">EINVAL: the file system cannot do that.</exception>
    internal static void MapOwners(FileDescriptor mount, FileDescriptor userNamespace)
    {
        using var lease = new DescriptorLease(mount);
        using var owners = new DescriptorLease(userNamespace);
        var attributes = new mount_attr { attr_set = Kernel.MOUNT_ATTR_IDMAP, userns_fd = (ulong)owners.Number };
        byte empty = 0;
        SyscallException.ThrowIfFailed(
            MountCalls.MountSetAttr(lease.Number, &empty, Fcntl.AT_EMPTY_PATH, &attributes), "mount_setattr MOUNT_ATTR_IDMAP", $"descriptor {lease.Number}");
    }

    private static FileDescriptor OpenTree(string path, uint flags)
    {
        fixed (byte* bytes = CString.From(path))
        {
            return new FileDescriptor(SyscallException.ThrowIfFailed(
                MountCalls.OpenTree(Fcntl.AT_FDCWD, bytes, flags | Kernel.OPEN_TREE_CLOEXEC), "open_tree", $"\"{path}\""));
        }
    }
}

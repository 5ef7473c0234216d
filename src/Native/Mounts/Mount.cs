using LxcNative.Native.Errors;
using LxcNative.Native.Interop;
using Tmds.Linux;

namespace LxcNative.Native.Mounts;

/// <summary>mount(2) and umount2(2), in the calling thread's mount namespace. Paths are followed as the kernel does: a path that somebody
/// else may change belongs to <see cref="DetachedMount"/>.</summary>
public static unsafe class Mount
{
    /// <summary>Mounts a directory or file of the tree at another place too. Of the options only those of the source are taken: read-only
    /// needs a <see cref="Remount"/> after it.</summary>
    /// <exception cref="SyscallException">mount(2) failed.</exception>
    public static void Bind(string source, string target, bool recursive = false) =>
        Call("", source, target, MountFlags.Bind | (recursive ? MountFlags.Recursive : 0), null);

    /// <summary>Changes the propagation of a mount.</summary>
    /// <exception cref="SyscallException">EINVAL: the target is not a mount point.</exception>
    public static void SetPropagation(string target, Propagation propagation, bool recursive = false) =>
        Call("", "", target, (MountFlags)propagation | (recursive ? MountFlags.Recursive : 0), null);

    /// <summary>Changes the options of a mount.</summary>
    /// <param name="target">Its mount point.</param>
    /// <param name="flags">All options it is to have, with <see cref="MountFlags.Bind"/> when its superblock is to stay as it is;
    /// <see cref="MountFlags.Remount"/> is added.</param>
    /// <param name="data">Options of the file system; null for none.</param>
    /// <exception cref="SyscallException">EINVAL: the target is not a mount point. EPERM: a locked option would be cleared.</exception>
    public static void Remount(string target, MountFlags flags, string? data = null) => Call("", "", target, flags | MountFlags.Remount, data);

    /// <summary>Mounts a file system.</summary>
    /// <param name="type">Its type, as in /proc/filesystems.</param>
    /// <param name="source">A device, or whatever the type takes; shown in mountinfo.</param>
    /// <param name="target">The mount point.</param>
    /// <param name="flags">Options of the mount.</param>
    /// <param name="data">Options of the file system; null for none.</param>
    /// <exception cref="SyscallException">mount(2) failed.</exception>
    public static void MountFileSystem(string type, string source, string target, MountFlags flags = MountFlags.None, string? data = null) =>
        Call(type, source, target, flags, data);

    /// <summary>Moves a mount, with all below it, to another place.</summary>
    /// <exception cref="SyscallException">EINVAL: the source is not a mount point, or is below a shared mount.</exception>
    public static void Move(string source, string target) => Call("", source, target, MountFlags.Move, null);

    /// <summary>Unmounts the topmost mount at a place.</summary>
    /// <exception cref="SyscallException">EBUSY: it is used. EINVAL: not a mount point, or locked by a user namespace.</exception>
    public static void Unmount(string target, UnmountFlags flags = UnmountFlags.None)
    {
        fixed (byte* path = CString.From(target))
            SyscallException.ThrowIfFailed(LibC.umount2(path, (int)flags), "umount2", $"\"{target}\"{(flags == 0 ? "" : $" {flags}")}");
    }

    private static void Call(string type, string source, string target, MountFlags flags, string? data)
    {
        fixed (byte* typeBytes = CString.From(type), sourceBytes = CString.From(source), targetBytes = CString.From(target))
        fixed (byte* dataBytes = data is null ? null : CString.From(data))
        {
            if (LibC.mount(sourceBytes, targetBytes, typeBytes, (uint)flags, dataBytes) == 0)
                return;
        }

        var errno = Errno.Last;
        throw new SyscallException("mount", Describe(type, source, target, flags, data), errno, Hint(flags, errno));
    }

    private static string Describe(string type, string source, string target, MountFlags flags, string? data)
    {
        var what = (type.Length == 0 ? "" : $"{type} ") + (source.Length == 0 ? "" : $"\"{source}\" -> ");
        return $"{what}\"{target}\" flags 0x{(ulong)flags:x}{(data is null ? "" : $" data \"{data}\"")}";
    }

    private static string? Hint(MountFlags flags, Errno errno) =>
        errno == Errno.EINVAL && (flags & (MountFlags.Remount | MountFlags.Move)) != 0 ? "is it a mount point?" : null;
}

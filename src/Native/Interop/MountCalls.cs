using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Interop;

/// <summary>The mount calls by descriptor (Linux 5.2, mount_setattr 5.12), which the C library wraps from 2.36 on only.</summary>
internal static unsafe class MountCalls
{
    public static int OpenTree(int directory, byte* path, uint flags) =>
        (int)(ssize_t)LibC.syscall(SystemCallNumbers.__NR_open_tree, directory, path, flags);

    public static int MoveMount(int fromDirectory, byte* fromPath, int toDirectory, byte* toPath, uint flags) =>
        (int)(ssize_t)LibC.syscall(SystemCallNumbers.__NR_move_mount, fromDirectory, fromPath, toDirectory, toPath, flags);

    public static int MountSetAttr(int directory, byte* path, uint flags, mount_attr* attributes) =>
        (int)(ssize_t)LibC.syscall(SystemCallNumbers.__NR_mount_setattr, directory, path, flags, attributes, sizeof(mount_attr));
}

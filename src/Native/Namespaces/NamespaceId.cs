using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;

namespace LxcNative.Native.Namespaces;

/// <summary>What tells two namespaces apart while one of them exists: equal ids are the same namespace (ioctl_ns(2)).</summary>
/// <param name="Device">The device of nsfs, as dev_t.</param>
/// <param name="Inode">The inode there.</param>
public readonly record struct NamespaceId(ulong Device, ulong Inode)
{
    /// <summary>The id of a process's namespace.</summary>
    /// <exception cref="SyscallException">ENOENT: no such process, or a kernel without that kind.</exception>
    public static NamespaceId Read(int pid, NamespaceKind kind) => Read($"/proc/{pid}/ns/{kind.FileName}");

    /// <summary>The id of the calling thread's namespace.</summary>
    /// <exception cref="SyscallException">ENOENT: a kernel without that kind, or /proc is of another pid namespace.</exception>
    public static NamespaceId ReadSelf(NamespaceKind kind) => Read($"/proc/thread-self/ns/{kind.FileName}");

    /// <summary>The id of an open namespace; the descriptor stays the caller's.</summary>
    /// <exception cref="SyscallException">The descriptor is bad.</exception>
    public static NamespaceId Read(FileDescriptor descriptor) => From(FileStatus.Read(descriptor));

    /// <summary>The inode in brackets, as /proc/PID/ns shows it.</summary>
    public override string ToString() => $"[{Inode}]";

    private static NamespaceId Read(string path) => From(FileStatus.Read(path));

    private static NamespaceId From(FileStatus status) => new(status.Device.Value, status.Inode);
}

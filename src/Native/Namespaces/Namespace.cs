using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Namespaces;

/// <summary>Opening, making and entering namespaces. What changes the calling thread belongs on a <see cref="NamespaceThread"/>.</summary>
public static class Namespace
{
    /// <summary>Opens a process's namespace, which then lives as long as the descriptor. The descriptor is the caller's to dispose.</summary>
    /// <exception cref="SyscallException">ENOENT: no such process, or a kernel without that kind.</exception>
    public static FileDescriptor Open(int pid, NamespaceKind kind) => FileOpen.Open($"/proc/{pid}/ns/{kind.FileName}", OpenFlags.ReadOnly);

    /// <summary>Opens the calling thread's namespace. The descriptor is the caller's to dispose.</summary>
    /// <exception cref="SyscallException">ENOENT: a kernel without that kind, or /proc is of another pid namespace.</exception>
    public static FileDescriptor OpenSelf(NamespaceKind kind) => FileOpen.Open($"/proc/thread-self/ns/{kind.FileName}", OpenFlags.ReadOnly);

    /// <summary>Gives the calling thread new namespaces (unshare(2)); for pid and time only its children will be in them.</summary>
    /// <remarks>Propagation of a new mount namespace is that of the old one: shared mounts stay shared.</remarks>
    /// <exception cref="SyscallException">unshare(2) failed.</exception>
    public static void Unshare(NamespaceKind kind) =>
        SyscallException.ThrowIfFailed(LibC.unshare((int)kind), "unshare", kind.ToString());

    /// <summary>Moves the calling thread into a namespace (setns(2)); for pid and time only its children will be in it.</summary>
    /// <param name="descriptor">The namespace; stays the caller's.</param>
    /// <param name="kind">What it must be; None for any.</param>
    /// <exception cref="SyscallException">setns(2) failed.</exception>
    public static void Enter(FileDescriptor descriptor, NamespaceKind kind = NamespaceKind.None)
    {
        using var lease = new DescriptorLease(descriptor);
        if (LibC.setns(lease.Number, (int)kind) == 0)
            return;
        var errno = Errno.Last;
        throw new SyscallException("setns", $"descriptor {lease.Number}", errno, errno == Errno.EINVAL
            ? "a mount namespace needs a thread that shares no working directory, a user or time namespace a process with one thread"
            : null);
    }

    /// <summary>The kind of an open namespace (NS_GET_NSTYPE, Linux 4.11).</summary>
    /// <exception cref="SyscallException">ENOTTY: the descriptor is not a namespace.</exception>
    public static NamespaceKind KindOf(FileDescriptor descriptor)
    {
        using var lease = new DescriptorLease(descriptor);
        return (NamespaceKind)SyscallException.ThrowIfFailed(LibC.ioctl(lease.Number, Nsfs.NS_GET_NSTYPE), "ioctl NS_GET_NSTYPE", $"descriptor {lease.Number}");
    }

    /// <summary>Opens the network namespace that a socket belongs to (SIOCGSKNS, Linux 4.10). The new descriptor is the caller's to dispose.</summary>
    /// <exception cref="SyscallException">ENOTTY: the descriptor is not a socket. EPERM: CAP_NET_ADMIN is missing in the namespace's owner.</exception>
    public static FileDescriptor OpenOfSocket(FileDescriptor socket)
    {
        using var lease = new DescriptorLease(socket);
        return new FileDescriptor(SyscallException.ThrowIfFailed(LibC.ioctl(lease.Number, Sockios.SIOCGSKNS), "ioctl SIOCGSKNS", $"descriptor {lease.Number}"));
    }

    /// <summary>Opens the user namespace that owns a namespace (NS_GET_USERNS, Linux 4.9). The new descriptor is the caller's to dispose.</summary>
    /// <exception cref="SyscallException">EPERM: the owner is outside the caller's user namespace.</exception>
    public static FileDescriptor OpenOwner(FileDescriptor descriptor)
    {
        using var lease = new DescriptorLease(descriptor);
        return new FileDescriptor(SyscallException.ThrowIfFailed(
            LibC.ioctl(lease.Number, Nsfs.NS_GET_USERNS), "ioctl NS_GET_USERNS", $"descriptor {lease.Number}"));
    }
}

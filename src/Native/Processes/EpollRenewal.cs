using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Processes;

/// <summary>Has an epoll descriptor of another process ask again of something that it watches, which was not what it is now when it was added.</summary>
internal static unsafe class EpollRenewal
{
    /// <summary>Takes it out and puts it in again.</summary>
    /// <param name="epoll">A duplicate of the process's epoll descriptor; stays the caller's.</param>
    /// <param name="target">A duplicate of what it watches; stays the caller's.</param>
    /// <param name="watch">Under which number, for what, and with what data.</param>
    /// <exception cref="SyscallException">epoll_ctl(2) failed. EBADF: the number is larger than this process may have.</exception>
    public static void Renew(FileDescriptor epoll, FileDescriptor target, EpollWatch watch)
    {
        // The kernel knows what is watched by its number in the caller's own table: a thread has a copy of that to change, which ends with it.
        NamespaceThread.Run(() =>
        {
            SyscallException.ThrowIfFailed(LibC.unshare(Sched.CLONE_FILES), "unshare", "CLONE_FILES");
            RenewHere(epoll, target, watch);
        });
    }

    private static void RenewHere(FileDescriptor epoll, FileDescriptor target, EpollWatch watch)
    {
        using var epollLease = new DescriptorLease(epoll);
        using var targetLease = new DescriptorLease(target);
        var number = epollLease.Number == watch.Number
            ? SyscallException.ThrowIfFailed(LibC.fcntl(epollLease.Number, Fcntl.F_DUPFD_CLOEXEC, watch.Number + 1), "fcntl F_DUPFD_CLOEXEC", "epoll")
            : epollLease.Number;
        SyscallException.ThrowIfFailed(LibC.dup2(targetLease.Number, watch.Number), "dup2", $"to {watch.Number}");
        var interest = new epoll_event { events = unchecked((int)watch.Events) };
        interest.data.u64 = watch.Data;
        SyscallException.ThrowIfFailed(LibC.epoll_ctl(number, LibC.EPOLL_CTL_DEL, watch.Number, null), "epoll_ctl", $"EPOLL_CTL_DEL {watch.Number}");
        SyscallException.ThrowIfFailed(LibC.epoll_ctl(number, LibC.EPOLL_CTL_ADD, watch.Number, &interest), "epoll_ctl", $"EPOLL_CTL_ADD {watch.Number}");
    }
}

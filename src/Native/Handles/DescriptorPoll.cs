using LxcNative.Native.Errors;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Handles;

/// <summary>Waiting for one descriptor (ppoll(2)).</summary>
public static unsafe class DescriptorPoll
{
    /// <summary>Waits until a read would not block: data, end of file, or an error to be read.</summary>
    /// <param name="descriptor">Stays the caller's.</param>
    /// <param name="timeout">The longest wait; null for any.</param>
    /// <returns>False when the time passed first.</returns>
    /// <exception cref="SyscallException">ppoll(2) failed.</exception>
    public static bool WaitReadable(FileDescriptor descriptor, TimeSpan? timeout = null)
    {
        using var lease = new DescriptorLease(descriptor);
        return WaitReadable(lease.Number, timeout, $"descriptor {lease.Number}");
    }

    internal static bool WaitReadable(int descriptor, TimeSpan? timeout, string target)
    {
        var deadline = timeout is { } limit ? Environment.TickCount64 + (long)Math.Ceiling(limit.TotalMilliseconds) : long.MaxValue;
        while (true)
        {
            var poll = new pollfd { fd = descriptor, events = Wait.POLLIN };
            var left = Math.Max(0, deadline - Environment.TickCount64);
            var time = new timespec { tv_sec = left / 1000, tv_nsec = (int)(left % 1000) * 1_000_000 };
            var result = Libc.Ppoll(&poll, 1, timeout is null ? null : &time, null);
            if (result > 0 && (poll.revents & Wait.POLLNVAL) != 0)
                throw new SyscallException("ppoll", target, Errno.EBADF);
            if (result >= 0)
                return result > 0;
            if (Errno.Last != Errno.EINTR)
                SyscallException.ThrowLast("ppoll", target);
        }
    }
}

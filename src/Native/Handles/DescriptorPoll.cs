using LxcNative.Native.Errors;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Handles;

/// <summary>Waiting for descriptors (ppoll(2)).</summary>
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

    /// <summary>Waits until a read of one or more would not block.</summary>
    /// <param name="descriptors">Stay the caller's.</param>
    /// <param name="timeout">The longest wait; null for any.</param>
    /// <returns>Of each whether a read would not block; of none when the time passed first.</returns>
    /// <exception cref="SyscallException">ppoll(2) failed.</exception>
    public static bool[] WaitAny(IReadOnlyList<FileDescriptor> descriptors, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(descriptors);
        var polls = new pollfd[descriptors.Count];
        var held = 0;
        try
        {
            for (; held < polls.Length; held++)
            {
                var added = false;
                descriptors[held].DangerousAddRef(ref added);
                polls[held] = new pollfd { fd = descriptors[held].Number, events = Wait.POLLIN };
            }

            Poll(polls, timeout, $"{polls.Length} descriptors");
            return [.. polls.Select(poll => poll.revents != 0)];
        }
        finally
        {
            while (held > 0)
                descriptors[--held].DangerousRelease();
        }
    }

    internal static bool WaitReadable(int descriptor, TimeSpan? timeout, string target)
    {
        Span<pollfd> polls = [new pollfd { fd = descriptor, events = Wait.POLLIN }];
        return Poll(polls, timeout, target);
    }

    private static bool Poll(Span<pollfd> polls, TimeSpan? timeout, string target)
    {
        var deadline = timeout is { } limit ? Environment.TickCount64 + (long)Math.Ceiling(limit.TotalMilliseconds) : long.MaxValue;
        while (true)
        {
            var left = Math.Max(0, deadline - Environment.TickCount64);
            var time = new timespec { tv_sec = left / 1000, tv_nsec = (int)(left % 1000) * 1_000_000 };
            int result;
            fixed (pollfd* first = polls)
                result = Libc.Ppoll(first, (ulong)polls.Length, timeout is null ? null : &time, null);
            foreach (var poll in polls)
                if (result > 0 && (poll.revents & Wait.POLLNVAL) != 0)
                    throw new SyscallException("ppoll", target, Errno.EBADF);
            if (result >= 0)
                return result > 0;
            if (Errno.Last != Errno.EINTR)
                SyscallException.ThrowLast("ppoll", target);
        }
    }
}

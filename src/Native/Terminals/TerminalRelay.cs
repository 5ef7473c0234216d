using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using Tmds.Linux;

namespace LxcNative.Native.Terminals;

/// <summary>Connects the terminal of a person with one whose master this process has: keys to the one, what is written to the other, and its size.</summary>
internal static unsafe class TerminalRelay
{
    private const int BufferSize = 8192;

    /// <summary>Relays until the master is hung up, or the escape is typed.</summary>
    /// <param name="input">The person's terminal, raw; stays the caller's.</param>
    /// <param name="output">Where it is written to; stays the caller's.</param>
    /// <param name="master">The master; stays the caller's.</param>
    /// <param name="end">Readable when there is nobody to relay for any more, such as a pidfd; stays the caller's.</param>
    /// <param name="escape">The key after which q ends it; null for none.</param>
    public static void Run(FileDescriptor input, FileDescriptor output, FileDescriptor master, FileDescriptor end, byte? escape = null)
    {
        TerminalMode.CopySize(input, master);
        using var resized = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => TerminalMode.CopySize(input, master));
        // Each way has a thread: a full one keeps nobody from emptying the other.
        var left = false;
        var typing = new Thread(() => left = Type(input, master, end, escape)) { IsBackground = true, Name = "terminal" };
        typing.Start();
        var buffer = new byte[BufferSize];
        while (!Volatile.Read(ref left))
        {
            var ready = DescriptorPoll.WaitAny([master, end], TimeSpan.FromMilliseconds(200));
            // What was written before the end is still there to be read.
            if (ready[0] ? Read(master, buffer) is not (> 0 and var count) || !Write(output, buffer.AsSpan(0, count)) : ready[1])
                break;
        }
    }

    // Whether the escape was typed.
    private static bool Type(FileDescriptor input, FileDescriptor master, FileDescriptor end, byte? escape)
    {
        var buffer = new byte[BufferSize];
        var leaving = new EscapeKey(escape);
        while (true)
        {
            var ready = DescriptorPoll.WaitAny([input, end]);
            if (ready[1] || Read(input, buffer) is not (> 0 and var count))
                return false;
            var isLeft = leaving.Take(buffer.AsSpan(0, count), out var length);
            if (!Write(master, buffer.AsSpan(0, length)) || isLeft)
                return isLeft;
        }
    }

    // -1 also where the last program that had the terminal has closed it (EIO).
    private static int Read(FileDescriptor from, byte[] buffer)
    {
        using var lease = new DescriptorLease(from);
        int count;
        do
            fixed (byte* bytes = buffer)
                count = (int)(ssize_t)LibC.read(lease.Number, bytes, buffer.Length);
        while (count == -1 && Errno.Last == Errno.EINTR);
        return count;
    }

    private static bool Write(FileDescriptor to, ReadOnlySpan<byte> content)
    {
        using var lease = new DescriptorLease(to);
        while (!content.IsEmpty)
        {
            int count;
            fixed (byte* bytes = content)
                count = (int)(ssize_t)LibC.write(lease.Number, bytes, content.Length);
            if (count > 0)
                content = content[count..];
            else if (Errno.Last != Errno.EINTR)
                return false;
        }

        return true;
    }
}

using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using Tmds.Linux;

namespace LxcNative.Native.Terminals;

/// <summary>Reads what is written to terminals and forgets it: nobody looks at them, and a writer would wait for ever once its buffer is full.</summary>
/// <remarks>A terminal that nobody has open is hung up all the time, which poll(2) tells again and again: only what is new is of interest here
/// (EPOLLET).</remarks>
internal sealed unsafe class TerminalDrain : IDisposable
{
    private const int Most = 16;
    private const int BufferSize = 4096;

    // Who writes without an end is read on the next round: others wait for this thread too.
    private const int MostReads = 64;
    private readonly Dictionary<int, FileDescriptor> _masters = [];

    /// <summary>Makes one with no terminal yet.</summary>
    /// <exception cref="SyscallException">epoll_create1(2) failed.</exception>
    public TerminalDrain() => Descriptor = new FileDescriptor(SyscallException.ThrowIfFailed(LibC.epoll_create1(LibC.EPOLL_CLOEXEC), "epoll_create1", ""));

    /// <summary>Readable when <see cref="Drain"/> has something to do; owned by this object.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>Reads a terminal from now on.</summary>
    /// <param name="master">Its master; stays the caller's.</param>
    /// <exception cref="SyscallException">epoll_ctl(2) failed.</exception>
    public void Add(FileDescriptor master)
    {
        _masters[master.Number] = master;
        var interest = new epoll_event { events = LibC.EPOLLIN | LibC.EPOLLET };
        interest.data.fd = master.Number;
        Control(LibC.EPOLL_CTL_ADD, master, &interest);
    }

    /// <summary>Leaves a terminal to somebody else.</summary>
    /// <exception cref="SyscallException">epoll_ctl(2) failed.</exception>
    public void Remove(FileDescriptor master)
    {
        if (_masters.Remove(master.Number))
            Control(LibC.EPOLL_CTL_DEL, master, null);
    }

    /// <summary>Reads what there is, without waiting.</summary>
    /// <exception cref="SyscallException">epoll_wait(2) failed.</exception>
    public void Drain()
    {
        var events = stackalloc epoll_event[Most];
        using var lease = new DescriptorLease(Descriptor);
        var count = LibC.epoll_wait(lease.Number, events, Most, 0);
        if (count == -1 && Errno.Last != Errno.EINTR)
            SyscallException.ThrowLast("epoll_wait", $"descriptor {lease.Number}");
        for (var i = 0; i < count; i++)
            if (_masters.TryGetValue(events[i].data.fd, out var master) && !Read(master))
            {
                // There is more: told anew by adding it anew.
                Remove(master);
                Add(master);
            }
    }

    /// <inheritdoc />
    public void Dispose() => Descriptor.Dispose();

    // Whether all was read.
    private static bool Read(FileDescriptor master)
    {
        var buffer = stackalloc byte[BufferSize];
        using var lease = new DescriptorLease(master);
        for (var reads = 0; reads < MostReads; reads++)
            // EIO: nobody has the terminal open at this time. The master blocks, for whoever may be given it.
            if (!DescriptorPoll.WaitReadable(lease.Number, TimeSpan.Zero, "terminal") || Libc.Read(lease.Number, buffer, BufferSize) <= 0)
                return true;
        return false;
    }

    private void Control(int operation, FileDescriptor master, epoll_event* interest)
    {
        using var set = new DescriptorLease(Descriptor);
        using var lease = new DescriptorLease(master);
        SyscallException.ThrowIfFailed(LibC.epoll_ctl(set.Number, operation, lease.Number, interest), "epoll_ctl", $"descriptor {lease.Number}");
    }
}

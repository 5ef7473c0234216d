using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Netfilter.Queues;

namespace LxcNative.Orchestrator.Locking;

/// <summary>The queue of a lock that holds, and what it has seen.</summary>
internal sealed class HeldQueue : IDisposable
{
    private readonly PacketQueue _queue;
    private bool _isOpen;
    private bool _isClosed;

    private HeldQueue(PacketQueue queue) => _queue = queue;

    /// <summary>Its number.</summary>
    public ushort Number => _queue.Number;

    /// <summary>What it has seen; complete once it is closed.</summary>
    public LockedPackets Packets { get; private set; } = new(NetworkLockMode.Hold, 0, 0, 0);

    /// <summary>Binds one; null where the kernel has none.</summary>
    /// <param name="netns">The network namespace; stays the caller's.</param>
    /// <param name="reason">Why there is none.</param>
    public static HeldQueue? TryBind(FileDescriptor netns, out string? reason)
    {
        try
        {
            reason = null;
            return new HeldQueue(PacketQueue.Bind(netns, NetworkLock.HeldPackets));
        }
        catch (LinuxException refusal)
        {
            reason = refusal.Message;
            return null;
        }
    }

    /// <summary>The socket whose it is; stays this object's.</summary>
    public FileDescriptor Descriptor => _queue.Descriptor;

    /// <summary>What its counts are read from; stays this object's.</summary>
    public FileDescriptor? Counts => _queue.Counts;

    /// <summary>Takes over a queue that another process has bound.</summary>
    public static HeldQueue Adopt(SharedLock shared) => new(PacketQueue.Adopt(shared.Queue, shared.Counts, shared.QueueNumber));

    /// <summary>Lets everything pass, what waits first.</summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public void Open()
    {
        _queue.Open();
        _isOpen = true;
    }

    /// <summary>Closes it without a look at what it has seen, which is read once: by who has taken it over.</summary>
    public void Leave()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _queue.Dispose();
    }

    /// <summary>Closes it; what still waits is dropped.</summary>
    public void Dispose()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        try
        {
            if (_queue.ReadCounts() is { } seen)
                Packets = new LockedPackets(NetworkLockMode.Hold, seen.Queued, _isOpen ? seen.Queued - seen.Waiting : 0, seen.Overflowed);
            else
                Packets = Packets with { Held = -1, Released = -1 };
        }
        catch (LinuxException)
        {
            Packets = Packets with { Held = -1, Released = -1 };
        }
        finally
        {
            _queue.Dispose();
        }
    }
}

using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Queues;

/// <summary>A queue of nfnetlink_queue in a network namespace: packets that a rule puts there wait in the kernel until <see cref="Open"/>, in the order of
/// their coming. When this is disposed, or its process ends, those that wait are dropped.</summary>
/// <remarks>No packet is ever read: a filter keeps the kernel's messages about them out of the socket, which therefore cannot overflow. Taking away any base
/// chain of nf_tables in the namespace drops what waits, whosever it is.</remarks>
internal sealed class PacketQueue : IDisposable
{
    /// <summary>The first number that is tried; nobody counts that far.</summary>
    private const ushort FirstNumber = 0xC114;

    private const int Attempts = 64;

    private const string CountsPath = "/proc/thread-self/net/netfilter/nfnetlink_queue";

    /// <summary>How often what came meanwhile is let go before the queue is opened whatever comes.</summary>
    private const int MostRounds = 64;

    private static readonly NetlinkSocketOptions s_options = new() { OnlyAcknowledgements = true, Schema = new FamilySchema("nfnetlink_queue", NameOf) };

    private readonly NetlinkSocket _socket;
    private readonly FileDescriptor? _counts;
    private readonly MessageBuffer _verdict = new(64);
    private readonly MessageBuffer _open = new(256);
    private readonly Errno[] _answers = new Errno[4];

    private PacketQueue(NetlinkSocket socket, FileDescriptor? counts, ushort number)
    {
        _socket = socket;
        _counts = counts;
        Number = number;
        PacketQueueRequests.WriteVerdict(_verdict, number, Verdict.Accept);
        // What is sent over loopback comes twice: it is let go where it was made, and again where it arrives.
        PacketQueueRequests.WriteVerdict(_open, number, Verdict.Accept);
        PacketQueueRequests.WriteVerdict(_open, number, Verdict.Accept);
        PacketQueueRequests.WriteOpen(_open, number);
        PacketQueueRequests.WriteVerdict(_open, number, Verdict.Accept);
    }

    /// <summary>The queue's number.</summary>
    public ushort Number { get; }

    /// <summary>The socket whose the queue is; stays this object's.</summary>
    public FileDescriptor Descriptor => _socket.Descriptor!;

    /// <summary>What its counts are read from; stays this object's; null where the kernel does not tell.</summary>
    public FileDescriptor? Counts => _counts;

    /// <summary>Takes over a queue that another process has bound: it stays as long as one of the two has it open.</summary>
    /// <param name="socket">Its <see cref="Descriptor"/>, which is owned by what is returned, and closed where this throws.</param>
    /// <param name="counts">Its <see cref="Counts"/>, likewise.</param>
    /// <param name="number">Its number.</param>
    /// <exception cref="SyscallException">It is no netlink socket.</exception>
    public static PacketQueue Adopt(FileDescriptor socket, FileDescriptor? counts, ushort number)
    {
        try
        {
            return new PacketQueue(NetlinkSocket.Adopt(socket, s_options), counts, number);
        }
        catch
        {
            counts?.Dispose();
            throw;
        }
    }

    /// <summary>Binds a queue that nobody has bound yet.</summary>
    /// <param name="netns">The network namespace (/proc/PID/ns/net); stays the caller's.</param>
    /// <param name="limit">How many packets may wait; those beyond are dropped.</param>
    /// <exception cref="SyscallException">The namespace cannot be entered, or the socket not opened.</exception>
    /// <exception cref="NetlinkException">The kernel refused: EINVAL or EOPNOTSUPP where it has no queues.</exception>
    public static PacketQueue Bind(FileDescriptor netns, uint limit)
    {
        FileDescriptor? counts = null;
        var socket = NamespaceThread.Run(
            () =>
            {
                var opened = new NetlinkSocket((int)NETLINK.NETLINK_NETFILTER, s_options);
                // There is no such file where the kernel has no queues: binding will tell.
                if (File.Exists(CountsPath))
                    counts = FileOpen.Open(CountsPath, OpenFlags.ReadOnly);
                return opened;
            },
            netns);
        try
        {
            return new PacketQueue(socket, counts, BindFree(socket, limit));
        }
        catch
        {
            counts?.Dispose();
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Lets go what waits, and lets pass at once what comes from now on; the rule may be taken away at any time after.</summary>
    /// <remarks>Order is kept but for what comes within the microsecond between the last look at an empty queue and its opening: the kernel does both in one
    /// call.</remarks>
    /// <exception cref="SyscallException">The kernel refused; what waits still does.</exception>
    public void Open()
    {
        Span<Errno> answer = stackalloc Errno[1];
        for (var round = 0; round < MostRounds; round++)
        {
            _socket.ExecuteEach(_verdict, answer);
            if (answer[0] != Errno.None)
                break;
        }

        _socket.ExecuteEach(_open, _answers);
        foreach (var refusal in _answers)
            if (refusal is not (Errno.None or Errno.ENOENT))
                throw new SyscallException("sendto", $"the verdict for queue {Number}", refusal);
    }

    /// <summary>What the queue has seen until now; null where the kernel does not tell. To be called once.</summary>
    /// <exception cref="SyscallException">It cannot be read.</exception>
    public PacketQueueCounts? ReadCounts() =>
        _counts is null ? null : PacketQueueCounts.Parse(Encoding.ASCII.GetString(KernelFile.ReadBytes(_counts, CountsPath)), Number);

    /// <summary>Unbinds: what waits is dropped.</summary>
    public void Dispose()
    {
        _socket.Dispose();
        _counts?.Dispose();
    }

    private static ushort BindFree(NetlinkSocket socket, uint limit)
    {
        var request = new MessageBuffer(128);
        for (var number = FirstNumber; ; number++)
        {
            request.Clear();
            PacketQueueRequests.WriteBind(request, number, limit);
            try
            {
                socket.Execute(request, $"queue {number}");
                return number;
            }
            catch (NetlinkException refusal) when (refusal.Errno is Errno.EPERM or Errno.EBUSY && number - FirstNumber < Attempts)
            {
                // Another's, says the kernel with either.
            }
        }
    }

    private static MessageSchema? NameOf(ushort type) =>
        type >> 8 == (ushort)NFNL_SUBSYS.NFNL_SUBSYS_QUEUE && Enum.GetName((NFQNL_MSG)(type & 0xff)) is { } name
            ? new MessageSchema(name["NFQNL_MSG_".Length..], NetfilterSchema.FixedHeaderLength)
            : null;
}

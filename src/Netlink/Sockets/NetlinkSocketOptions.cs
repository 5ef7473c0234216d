using LxcNative.Netlink.Errors;

namespace LxcNative.Netlink.Sockets;

/// <summary>How a <see cref="NetlinkSocket"/> is opened and used.</summary>
public sealed record NetlinkSocketOptions
{
    /// <summary>Bytes of the kernel's receive queue (SO_RCVBUFFORCE, or SO_RCVBUF without privilege); the system's default when null.</summary>
    public int? ReceiveBufferSize { get; init; }

    /// <summary>Bytes of the kernel's send queue, which bounds a batch (SO_SNDBUFFORCE, or SO_SNDBUF); the system's default when null.</summary>
    public int? SendBufferSize { get; init; }

    /// <summary>Whether requests are checked strictly and dumps filtered by the kernel (NETLINK_GET_STRICT_CHK).</summary>
    public bool StrictChecking { get; init; } = true;

    /// <summary>How often an interrupted dump is made again before <see cref="NetlinkDumpInterruptedException"/>.</summary>
    public int DumpRetries { get; init; } = 10;

    /// <summary>How long an answer may take; the kernel answers at once, so the default is for ever.</summary>
    public TimeSpan ReplyTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Names for error texts; a family opened by its number gets plain numbers.</summary>
    public FamilySchema? Schema { get; init; }

    /// <summary>Where messages are printed in libmnl's layout; standard error when LXCNATIVE_TRACE contains <c>netlink</c>, nowhere otherwise.</summary>
    public TextWriter? Trace { get; init; } = MessageTrace.FromEnvironment();

    /// <summary>Whether only acknowledgements are received: what the kernel sends unasked, such as the packets of a queue, does not even get into the receive
    /// queue, and so cannot fill it.</summary>
    internal bool OnlyAcknowledgements { get; init; }
}

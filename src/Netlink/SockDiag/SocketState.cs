namespace LxcNative.Netlink.SockDiag;

/// <summary>The state of a socket (enum of net/tcp_states.h, which unix and other sockets use too).</summary>
public enum SocketState : byte
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>TCP_ESTABLISHED: connected.</summary>
    Established = 1,

    /// <summary>TCP_SYN_SENT: connecting.</summary>
    SynSent = 2,

    /// <summary>TCP_SYN_RECV: a connection is being made with us.</summary>
    SynReceived = 3,

    /// <summary>TCP_FIN_WAIT1: closed here, not acknowledged.</summary>
    FinWait1 = 4,

    /// <summary>TCP_FIN_WAIT2: closed here.</summary>
    FinWait2 = 5,

    /// <summary>TCP_TIME_WAIT: closed, kept for late segments.</summary>
    TimeWait = 6,

    /// <summary>TCP_CLOSE: not connected.</summary>
    Closed = 7,

    /// <summary>TCP_CLOSE_WAIT: closed there.</summary>
    CloseWait = 8,

    /// <summary>TCP_LAST_ACK: closed on both sides, not acknowledged.</summary>
    LastAcknowledge = 9,

    /// <summary>TCP_LISTEN: listening.</summary>
    Listen = 10,

    /// <summary>TCP_CLOSING: closed on both sides at once.</summary>
    Closing = 11,

    /// <summary>TCP_NEW_SYN_RECV: a connection request in the queue of a listening socket.</summary>
    NewSynReceived = 12,

    /// <summary>TCP_BOUND_INACTIVE: bound, neither listening nor connected (Linux 6.8).</summary>
    BoundInactive = 13,
}

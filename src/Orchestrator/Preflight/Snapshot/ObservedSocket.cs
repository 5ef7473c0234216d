namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>A socket as sock_diag(7) shows it in a network namespace of the container.</summary>
internal sealed record ObservedSocket
{
    /// <summary>AF_ of sys/socket.h.</summary>
    public required int Family { get; init; }

    /// <summary>SOCK_ of sys/socket.h; 0 for internet sockets, whose protocol says it.</summary>
    public int Type { get; init; }

    /// <summary>IPPROTO_ or NETLINK_; 0 for others.</summary>
    public int Protocol { get; init; }

    public required ulong Inode { get; init; }

    /// <summary>TCP_ of net/tcp_states.h, which Unix sockets use as well.</summary>
    public int State { get; init; }

    /// <summary>For a connected Unix socket, the inode of the other end; 0 where it is not accepted yet or gone.</summary>
    public ulong PeerInode { get; init; }

    /// <summary>Bytes to read; for a listening socket, connections to accept.</summary>
    public long Unread { get; init; }

    /// <summary>Bytes written that have not left; for a listening socket, the longest queue.</summary>
    public long Unsent { get; init; }

    /// <summary>For a Unix socket its name, for others its local address and port.</summary>
    public string? Local { get; init; }

    /// <summary>For an internet socket, its own address.</summary>
    public System.Net.IPAddress? LocalAddress { get; init; }

    /// <summary>For netlink: the port id.</summary>
    public uint PortId { get; init; }

    /// <summary>For netlink: the numbers of the groups it is in.</summary>
    public IReadOnlyList<int> Groups { get; init; } = [];

    /// <summary>For a listening Unix socket: the inodes of those who wait to be accepted; 0 for one that has closed meanwhile.</summary>
    public IReadOnlyList<ulong> Waiting { get; init; } = [];

    /// <summary>For a packet socket: how many multicast memberships it has.</summary>
    public int Memberships { get; init; }
}

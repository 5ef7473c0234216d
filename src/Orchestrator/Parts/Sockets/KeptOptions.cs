using LxcNative.Native.Sockets;
using LxcNative.Native.Uapi;
using static LxcNative.Native.Uapi.SocketOptionNames;

namespace LxcNative.Orchestrator.Parts.Sockets;

/// <summary>The options that can be read of a socket, and set again whatever state it is in.</summary>
/// <remarks>Not those that tell of a connection (TCP_MAXSEG, TCP_INFO), nor memberships of multicast groups, which cannot be read.</remarks>
internal static class KeptOptions
{
    /// <summary>Where one is: its level and number.</summary>
    public static IReadOnlyDictionary<(int Level, int Name), SocketOption> ByName { get; } = All().ToDictionary(option => (option.Level, option.Name));

    // The kernel notes the way and the hops of a stream's first packet in their place, and lets nobody set them.
    private static readonly HashSet<(int Level, int Name)> s_ofDatagrams =
    [
        (IPPROTO_IP, IP_MULTICAST_IF), (IPPROTO_IP, IP_MULTICAST_TTL), (IPPROTO_IP, IP_MULTICAST_LOOP), (IPPROTO_IP, IP_MULTICAST_ALL),
        (IPPROTO_IPV6, IPV6_MULTICAST_IF), (IPPROTO_IPV6, IPV6_MULTICAST_HOPS), (IPPROTO_IPV6, IPV6_MULTICAST_LOOP), (IPPROTO_IPV6, IPV6_MULTICAST_ALL),
    ];

    /// <summary>Those that a program may have set for a socket.</summary>
    /// <param name="kind">Of which kind it is.</param>
    public static IEnumerable<SocketOption> Of(SocketKind kind) =>
        kind.Type == Socket.SOCK_STREAM ? ByName.Values.Where(option => !s_ofDatagrams.Contains((option.Level, option.Name))) : ByName.Values;

    private static IEnumerable<SocketOption> All() =>
    [
        .. Of(IPPROTO_IP, IP_TOS, IP_TTL, IP_PKTINFO, IP_MTU_DISCOVER, IP_RECVERR, IP_RECVTTL, IP_RECVTOS, IP_FREEBIND, IP_TRANSPARENT, IP_RECVORIGDSTADDR,
            IP_MINTTL, IP_BIND_ADDRESS_NO_PORT, IP_MULTICAST_IF, IP_MULTICAST_TTL, IP_MULTICAST_LOOP, IP_MULTICAST_ALL, IP_UNICAST_IF),
        .. Of(IPPROTO_IPV6, IPV6_UNICAST_HOPS, IPV6_MULTICAST_IF, IPV6_MULTICAST_HOPS, IPV6_MULTICAST_LOOP, IPV6_MTU_DISCOVER, IPV6_RECVERR,
            IPV6_MULTICAST_ALL, IPV6_RECVPKTINFO, IPV6_RECVHOPLIMIT, IPV6_DONTFRAG, IPV6_RECVTCLASS, IPV6_TCLASS, IPV6_AUTOFLOWLABEL, IPV6_MINHOPCOUNT,
            IPV6_RECVORIGDSTADDR, IPV6_TRANSPARENT, IPV6_UNICAST_IF, IPV6_FREEBIND),
        .. Of(IPPROTO_TCP, TCP_NODELAY, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT, TCP_SYNCNT, TCP_LINGER2, TCP_DEFER_ACCEPT, TCP_THIN_LINEAR_TIMEOUTS,
            TCP_USER_TIMEOUT, TCP_FASTOPEN, TCP_NOTSENT_LOWAT, TCP_SAVE_SYN, TCP_INQ, TCP_TX_DELAY),
        new(IPPROTO_TCP, TCP_CONGESTION, TCP_CA_NAME_MAX),
        .. Of(IPPROTO_UDP, UDP_ENCAP, UDP_NO_CHECK6_TX, UDP_NO_CHECK6_RX, UDP_SEGMENT, UDP_GRO),
        // After IP_TOS, which sets the priority.
        .. Of(SOL_SOCKET, SO_PRIORITY, SO_RCVLOWAT, SO_TIMESTAMP, SO_TIMESTAMPNS, SO_MARK, SO_RXQ_OVFL, SO_PEEK_OFF, SO_SELECT_ERR_QUEUE, SO_BUSY_POLL,
            SO_PREFER_BUSY_POLL),
        new(SOL_SOCKET, SO_LINGER, 2 * sizeof(int)),
        new(SOL_SOCKET, SO_MAX_PACING_RATE, sizeof(ulong)),
    ];

    private static IEnumerable<SocketOption> Of(int level, params int[] names) => names.Select(name => new SocketOption(level, name));
}

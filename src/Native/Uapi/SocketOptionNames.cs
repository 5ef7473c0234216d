namespace LxcNative.Native.Uapi;

/// <summary>sys/socket.h, linux/in.h, linux/in6.h, linux/tcp.h and linux/udp.h: options of sockets, and their levels.</summary>
internal static class SocketOptionNames
{
    public const int SOL_SOCKET = 1;
    public const int SO_TYPE = 3;
    public const int SO_PRIORITY = 12;
    public const int SO_LINGER = 13;
    public const int SO_RCVLOWAT = 18;
    public const int SO_TIMESTAMP = 29;
    public const int SO_TIMESTAMPNS = 35;
    public const int SO_MARK = 36;
    public const int SO_PROTOCOL = 38;
    public const int SO_DOMAIN = 39;
    public const int SO_RXQ_OVFL = 40;
    public const int SO_PEEK_OFF = 42;
    public const int SO_SELECT_ERR_QUEUE = 45;
    public const int SO_BUSY_POLL = 46;
    public const int SO_MAX_PACING_RATE = 47;
    public const int SO_PREFER_BUSY_POLL = 69;

    public const int IPPROTO_IP = 0;
    public const int IP_TOS = 1;
    public const int IP_TTL = 2;
    public const int IP_PKTINFO = 8;
    public const int IP_MTU_DISCOVER = 10;
    public const int IP_RECVERR = 11;
    public const int IP_RECVTTL = 12;
    public const int IP_RECVTOS = 13;
    public const int IP_FREEBIND = 15;
    public const int IP_TRANSPARENT = 19;
    public const int IP_RECVORIGDSTADDR = 20;
    public const int IP_MINTTL = 21;
    public const int IP_BIND_ADDRESS_NO_PORT = 24;
    public const int IP_MULTICAST_IF = 32;
    public const int IP_MULTICAST_TTL = 33;
    public const int IP_MULTICAST_LOOP = 34;
    public const int IP_MULTICAST_ALL = 49;
    public const int IP_UNICAST_IF = 50;

    public const int IPPROTO_IPV6 = 41;
    public const int IPV6_UNICAST_HOPS = 16;
    public const int IPV6_MULTICAST_IF = 17;
    public const int IPV6_MULTICAST_HOPS = 18;
    public const int IPV6_MULTICAST_LOOP = 19;
    public const int IPV6_MTU_DISCOVER = 23;
    public const int IPV6_RECVERR = 25;
    public const int IPV6_MULTICAST_ALL = 29;
    public const int IPV6_RECVPKTINFO = 49;
    public const int IPV6_RECVHOPLIMIT = 51;
    public const int IPV6_DONTFRAG = 62;
    public const int IPV6_RECVTCLASS = 66;
    public const int IPV6_TCLASS = 67;
    public const int IPV6_AUTOFLOWLABEL = 70;
    public const int IPV6_MINHOPCOUNT = 73;
    public const int IPV6_RECVORIGDSTADDR = 74;
    public const int IPV6_TRANSPARENT = 75;
    public const int IPV6_UNICAST_IF = 76;
    public const int IPV6_FREEBIND = 78;

    public const int IPPROTO_TCP = 6;
    public const int TCP_NODELAY = 1;
    public const int TCP_KEEPIDLE = 4;
    public const int TCP_KEEPINTVL = 5;
    public const int TCP_KEEPCNT = 6;
    public const int TCP_SYNCNT = 7;
    public const int TCP_LINGER2 = 8;
    public const int TCP_DEFER_ACCEPT = 9;
    public const int TCP_CONGESTION = 13;
    public const int TCP_THIN_LINEAR_TIMEOUTS = 16;
    public const int TCP_USER_TIMEOUT = 18;
    public const int TCP_FASTOPEN = 23;
    public const int TCP_NOTSENT_LOWAT = 25;
    public const int TCP_SAVE_SYN = 27;
    public const int TCP_INQ = 36;
    public const int TCP_TX_DELAY = 37;

    public const int IPPROTO_UDP = 17;
    public const int UDP_ENCAP = 100;
    public const int UDP_NO_CHECK6_TX = 101;
    public const int UDP_NO_CHECK6_RX = 102;
    public const int UDP_SEGMENT = 103;
    public const int UDP_GRO = 104;

    /// <summary>The longest name of a congestion control (linux/tcp.h of the kernel itself).</summary>
    public const int TCP_CA_NAME_MAX = 16;
}

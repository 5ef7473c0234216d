using LxcNative.Netlink.SockDiag;
using LxcNative.Netlink.SockDiag.Uapi;
using LxcNative.Testing.Abi;

namespace LxcNative.Netlink.Tests.SockDiag;

/// <summary>gcc and the machine's own headers prove the numbers of sock_diag.</summary>
public sealed class SocketDiagnosticsAbiTests
{
    private static readonly AbiProgram s_program = new AbiProgram(
            "linux/types.h", "netinet/in.h", "netinet/tcp.h", "linux/sock_diag.h", "linux/inet_diag.h", "linux/unix_diag.h", "linux/netlink_diag.h",
            "linux/packet_diag.h")
        .Enumeration(typeof(SOCK_DIAG)).Enumeration(typeof(SK_MEMINFO)).Enumeration(typeof(INET_DIAG)).Enumeration(typeof(UNIX_DIAG))
            .Enumeration(typeof(UDIAG_SHOW))
        .Enumeration(typeof(NETLINK_DIAG)).Enumeration(typeof(NDIAG_SHOW)).Enumeration(typeof(PACKET_DIAG)).Enumeration(typeof(PACKET_SHOW))
        .Structure(typeof(inet_diag_sockid), "struct inet_diag_sockid", ("idiag_cookie_low", "idiag_cookie[0]"), ("idiag_cookie_high", "idiag_cookie[1]"))
        .Structure(typeof(inet_diag_req_v2), "struct inet_diag_req_v2")
        .Structure(typeof(inet_diag_msg), "struct inet_diag_msg")
        .Structure(typeof(unix_diag_req), "struct unix_diag_req", ("udiag_cookie_low", "udiag_cookie[0]"), ("udiag_cookie_high", "udiag_cookie[1]"))
        .Structure(typeof(netlink_diag_req), "struct netlink_diag_req", ("ndiag_cookie_low", "ndiag_cookie[0]"), ("ndiag_cookie_high", "ndiag_cookie[1]"))
        .Holds("sizeof(struct packet_diag_req) == sizeof(struct netlink_diag_req) && offsetof(struct packet_diag_req, pdiag_show) == offsetof(struct "
            + "netlink_diag_req, ndiag_show)", "packet_diag_req is alike")
        .Structure(typeof(unix_diag_msg), "struct unix_diag_msg", ("udiag_cookie_low", "udiag_cookie[0]"), ("udiag_cookie_high", "udiag_cookie[1]"))
        .Structure(typeof(netlink_diag_msg), "struct netlink_diag_msg", ("ndiag_cookie_low", "ndiag_cookie[0]"), ("ndiag_cookie_high", "ndiag_cookie[1]"))
        .Structure(typeof(packet_diag_msg), "struct packet_diag_msg", ("pdiag_cookie_low", "pdiag_cookie[0]"), ("pdiag_cookie_high", "pdiag_cookie[1]"))
        .Structure(typeof(packet_diag_info), "struct packet_diag_info")
        .Structure(typeof(packet_diag_mclist), "struct packet_diag_mclist")
        .Enumeration(
            typeof(SocketState), "", ("Unknown", ""), ("Established", "TCP_ESTABLISHED"), ("SynSent", "TCP_SYN_SENT"), ("SynReceived", "TCP_SYN_RECV"),
            ("FinWait1", "TCP_FIN_WAIT1"), ("FinWait2", "TCP_FIN_WAIT2"), ("TimeWait", "TCP_TIME_WAIT"), ("Closed", "TCP_CLOSE"),
            ("CloseWait", "TCP_CLOSE_WAIT"),
            ("LastAcknowledge", "TCP_LAST_ACK"), ("Listen", "TCP_LISTEN"), ("Closing", "TCP_CLOSING"), ("NewSynReceived", ""), ("BoundInactive", ""))
        .Enumeration(typeof(InetProtocol), "", ("Tcp", "IPPROTO_TCP"), ("Udp", "IPPROTO_UDP"), ("UdpLite", "IPPROTO_UDPLITE"), ("Raw", "IPPROTO_RAW"));

    [Fact]
    public void NumbersAreThoseOfTheHeaders() => s_program.Compile();

    [Fact]
    public void NothingOfTheAbiIsLeftUnproved() =>
        Assert.Empty(AbiCoverage.Missing(typeof(SOCK_DIAG).Assembly, ["LxcNative.Netlink.SockDiag.Uapi"], [s_program]));
}

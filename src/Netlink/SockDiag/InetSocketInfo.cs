using System.Net;
using System.Runtime.CompilerServices;
using LxcNative.Netlink.SockDiag.Uapi;
using LxcNative.Netlink.Wire;
using AddressFamily = System.Net.Sockets.AddressFamily;

namespace LxcNative.Netlink.SockDiag;

/// <summary>A TCP, UDP or raw socket.</summary>
/// <param name="Protocol">Its protocol.</param>
/// <param name="Family">IPv4 or IPv6.</param>
/// <param name="State">Its state.</param>
/// <param name="Local">Its own address and port.</param>
/// <param name="Remote">The address and port it is connected to; all zero when not.</param>
/// <param name="ReceiveQueue">Bytes that wait to be read; for a listening socket, connections that wait to be accepted.</param>
/// <param name="SendQueue">Bytes that are not acknowledged; for a listening socket, the longest queue allowed.</param>
/// <param name="InterfaceIndex">The device it is bound to, or 0.</param>
/// <param name="UserId">Its owner.</param>
/// <param name="Inode">Its inode in sockfs; 0 for a socket that no descriptor has any more.</param>
/// <param name="Cookie">Its number, never used again while the machine runs.</param>
public sealed record InetSocketInfo(
    InetProtocol Protocol, AddressFamily Family, SocketState State, IPEndPoint Local, IPEndPoint Remote,
    uint ReceiveQueue, uint SendQueue, uint InterfaceIndex, uint UserId, uint Inode, ulong Cookie)
{
    /// <summary>SO_MARK; null where it is zero or the caller has no CAP_NET_ADMIN.</summary>
    public uint? Mark { get; init; }

    /// <summary>Whether an IPv6 socket takes no IPv4.</summary>
    public bool IsIPv6Only { get; init; }

    /// <summary>Which directions were shut down: bit 0 receiving, bit 1 sending.</summary>
    public byte Shutdown { get; init; }

    /// <summary>Memory counters in bytes, indexed by <see cref="SK_MEMINFO"/>; empty where the kernel sent none.</summary>
    public IReadOnlyList<uint> Memory { get; init; } = [];

    /// <summary>All other attributes.</summary>
    public IReadOnlyList<OwnedAttribute> Unknown { get; init; } = [];

    internal static InetSocketInfo Parse(Message message, InetProtocol protocol)
    {
        var header = message.FixedHeader<inet_diag_msg>();
        var family = header.idiag_family == 2 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        var socket = new InetSocketInfo(
            protocol, family, (SocketState)header.idiag_state,
            EndPoint(family, header.id.idiag_src, header.id.idiag_sport), EndPoint(family, header.id.idiag_dst, header.id.idiag_dport),
            header.idiag_rqueue, header.idiag_wqueue, header.id.idiag_if, header.idiag_uid, header.idiag_inode,
            SocketDiagnostics.Cookie(header.id.idiag_cookie_low, header.id.idiag_cookie_high));
        List<OwnedAttribute> unknown = [];
        foreach (var attribute in message.Attributes(Unsafe.SizeOf<inet_diag_msg>()))
        {
            switch ((INET_DIAG)attribute.Type)
            {
                case INET_DIAG.INET_DIAG_MARK:
                    socket = socket with { Mark = attribute.AsUInt32() };
                    break;
                case INET_DIAG.INET_DIAG_SKV6ONLY:
                    socket = socket with { IsIPv6Only = attribute.AsByte() != 0 };
                    break;
                case INET_DIAG.INET_DIAG_SHUTDOWN:
                    socket = socket with { Shutdown = attribute.AsByte() };
                    break;
                case INET_DIAG.INET_DIAG_SKMEMINFO:
                    socket = socket with { Memory = SocketDiagnostics.Numbers(attribute) };
                    break;
                default:
                    unknown.Add(attribute.ToOwned());
                    break;
            }
        }

        return socket with { Unknown = unknown };
    }

    private static IPEndPoint EndPoint(AddressFamily family, inet_diag_address address, ushort port)
    {
        ReadOnlySpan<byte> bytes = address;
        return new IPEndPoint(new IPAddress(family == AddressFamily.InterNetwork ? bytes[..4] : bytes), BigEndian.Convert(port));
    }
}

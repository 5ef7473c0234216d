using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LxcNative.Netlink.SockDiag.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.SockDiag;

/// <summary>A packet socket.</summary>
/// <param name="Type">SOCK_RAW (3) or SOCK_DGRAM (2).</param>
/// <param name="Protocol">The ethertype it receives; 3 for all, 0 for none.</param>
/// <param name="Inode">Its inode in sockfs.</param>
/// <param name="Cookie">Its number, never used again while the machine runs.</param>
public sealed record PacketSocketInfo(byte Type, ushort Protocol, uint Inode, ulong Cookie)
{
    /// <summary>The device it is bound to, or 0.</summary>
    public uint InterfaceIndex { get; init; }

    /// <summary>Whether it has a ring for receiving, or one for sending, in shared memory.</summary>
    public bool HasRing { get; init; }

    /// <summary>Whether it shares its load with others (PACKET_FANOUT).</summary>
    public bool HasFanout { get; init; }

    /// <summary>How often it holds the membership that it holds most often (PACKET_ADD_MEMBERSHIP); 0 without any.</summary>
    public uint MostMemberships { get; init; }

    /// <summary>Memory counters in bytes, indexed by <see cref="SK_MEMINFO"/>.</summary>
    public IReadOnlyList<uint> Memory { get; init; } = [];

    /// <summary>All other attributes.</summary>
    public IReadOnlyList<OwnedAttribute> Unknown { get; init; } = [];

    internal static PacketSocketInfo Parse(Message message)
    {
        var header = message.FixedHeader<packet_diag_msg>();
        var socket = new PacketSocketInfo(
            header.pdiag_type, header.pdiag_num, header.pdiag_ino, SocketDiagnostics.Cookie(header.pdiag_cookie_low, header.pdiag_cookie_high));
        List<OwnedAttribute> unknown = [];
        foreach (var attribute in message.Attributes(Unsafe.SizeOf<packet_diag_msg>()))
        {
            switch ((PACKET_DIAG)attribute.Type)
            {
                case PACKET_DIAG.PACKET_DIAG_INFO:
                    socket = socket with { InterfaceIndex = attribute.AsGrowing<packet_diag_info>().pdi_index };
                    break;
                case PACKET_DIAG.PACKET_DIAG_MCLIST:
                    foreach (ref readonly var membership in MemoryMarshal.Cast<byte, packet_diag_mclist>(attribute.Value))
                        socket = socket with { MostMemberships = Math.Max(socket.MostMemberships, membership.pdmc_count) };
                    break;
                case PACKET_DIAG.PACKET_DIAG_RX_RING or PACKET_DIAG.PACKET_DIAG_TX_RING:
                    socket = socket with { HasRing = true };
                    break;
                case PACKET_DIAG.PACKET_DIAG_FANOUT:
                    socket = socket with { HasFanout = true };
                    break;
                case PACKET_DIAG.PACKET_DIAG_MEMINFO:
                    socket = socket with { Memory = SocketDiagnostics.Numbers(attribute) };
                    break;
                default:
                    unknown.Add(attribute.ToOwned());
                    break;
            }
        }

        return socket with { Unknown = unknown };
    }
}

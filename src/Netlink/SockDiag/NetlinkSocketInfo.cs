using System.Runtime.CompilerServices;
using LxcNative.Netlink.SockDiag.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.SockDiag;

/// <summary>A netlink socket.</summary>
/// <param name="Type">SOCK_RAW (3) or SOCK_DGRAM (2).</param>
/// <param name="Family">The netlink family (NETLINK_ROUTE 0, ...).</param>
/// <param name="PortId">Its address; 0 when it has none yet.</param>
/// <param name="DestinationPortId">The port id it is connected to.</param>
/// <param name="DestinationGroups">The groups it is connected to.</param>
/// <param name="Inode">Its inode in sockfs; 0 for the kernel's own.</param>
/// <param name="Cookie">Its number, never used again while the machine runs.</param>
public sealed record NetlinkSocketInfo(byte Type, byte Family, uint PortId, uint DestinationPortId, uint DestinationGroups, uint Inode, ulong Cookie)
{
    /// <summary>The numbers of the multicast groups it is in.</summary>
    public IReadOnlyList<int> Groups { get; init; } = [];

    /// <summary>Memory counters in bytes, indexed by <see cref="SK_MEMINFO"/>.</summary>
    public IReadOnlyList<uint> Memory { get; init; } = [];

    /// <summary>Bytes that wait to be read, with what the kernel needs around them (SK_MEMINFO_RMEM_ALLOC).</summary>
    public uint ReceiveQueue => Memory.Count > 0 ? Memory[(int)SK_MEMINFO.SK_MEMINFO_RMEM_ALLOC] : 0;

    /// <summary>All other attributes.</summary>
    public IReadOnlyList<OwnedAttribute> Unknown { get; init; } = [];

    internal static NetlinkSocketInfo Parse(Message message)
    {
        var header = message.FixedHeader<netlink_diag_msg>();
        var socket = new NetlinkSocketInfo(
            header.ndiag_type, header.ndiag_protocol, header.ndiag_portid, header.ndiag_dst_portid, header.ndiag_dst_group, header.ndiag_ino,
            SocketDiagnostics.Cookie(header.ndiag_cookie_low, header.ndiag_cookie_high));
        List<OwnedAttribute> unknown = [];
        foreach (var attribute in message.Attributes(Unsafe.SizeOf<netlink_diag_msg>()))
        {
            switch ((NETLINK_DIAG)attribute.Type)
            {
                case NETLINK_DIAG.NETLINK_DIAG_GROUPS:
                    socket = socket with { Groups = GroupsOf(attribute.Value) };
                    break;
                case NETLINK_DIAG.NETLINK_DIAG_MEMINFO:
                    socket = socket with { Memory = SocketDiagnostics.Numbers(attribute) };
                    break;
                default:
                    unknown.Add(attribute.ToOwned());
                    break;
            }
        }

        return socket with { Unknown = unknown };
    }

    // Bit n of the mask is group n + 1.
    private static List<int> GroupsOf(ReadOnlySpan<byte> mask)
    {
        List<int> groups = [];
        for (var bit = 0; bit < mask.Length * 8; bit++)
        {
            if ((mask[bit / 8] & (1 << (bit % 8))) != 0)
                groups.Add(bit + 1);
        }

        return groups;
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>How often packet sockets hold their memberships (linux/packet_diag.h, PACKET_DIAG_MCLIST).</summary>
internal static class PacketMemberships
{
    private const int NetlinkSockDiag = 4;
    private const ushort ByFamily = 20;
    private const byte Packet = 17;
    private const uint ShowMemberships = 2;
    private const ushort MembershipList = 1;

    // struct packet_diag_msg: family 0, type 1, num 2, inode 4, cookie 8.
    private const int HeaderLength = 16;

    // struct packet_diag_mclist: index 0, count 4, type 8, alen 10, address 12.
    private const int EntryLength = 44;

    /// <summary>The highest count of each socket that has a membership, by inode.</summary>
    public static Dictionary<ulong, int> Read(FileDescriptor networkNamespace)
    {
        using var socket = NetlinkSocket.OpenIn(networkNamespace, NetlinkSockDiag);
        var request = new MessageBuffer();
        using (request.Begin(ByFamily, MessageFlags.None))
            request.WriteFixedHeader(new Request { Family = Packet, Show = ShowMemberships });
        var found = new Dictionary<ulong, int>();
        try
        {
            socket.Dump<object>(request, message =>
            {
                Take(message, found);
                return null;
            }, "packet sockets");
        }
        catch (NetlinkException e) when (e.Errno is Errno.ENOENT or Errno.EINVAL or Errno.EOPNOTSUPP)
        {
            // The kernel has no packet sockets, or cannot tell of them.
        }

        return found;
    }

    private static void Take(Message message, Dictionary<ulong, int> found)
    {
        if (message.Payload.Length < HeaderLength)
            throw new NetlinkProtocolException($"packet_diag: {message.Payload.Length} bytes where {HeaderLength} are needed");
        if (!message.Attributes(HeaderLength).TryFind(MembershipList, out var list))
            return;
        var most = 0;
        for (var at = 0; at + EntryLength <= list.Value.Length; at += EntryLength)
            most = Math.Max(most, (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(list.Value[(at + 4)..]), int.MaxValue));
        if (most > 0)
            found[BinaryPrimitives.ReadUInt32LittleEndian(message.Payload[4..])] = most;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Request
    {
        public byte Family;
        public byte Protocol;
        public ushort Padding;
        public uint Inode;
        public uint Show;
        public ulong Cookie;
    }
}

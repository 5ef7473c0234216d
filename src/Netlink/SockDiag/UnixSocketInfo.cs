using System.Runtime.CompilerServices;
using LxcNative.Netlink.SockDiag.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.SockDiag;

/// <summary>A unix socket.</summary>
/// <param name="Type">SOCK_STREAM (1), SOCK_DGRAM (2) or SOCK_SEQPACKET (5).</param>
/// <param name="State">Its state.</param>
/// <param name="Inode">Its inode in sockfs.</param>
/// <param name="Cookie">Its number, never used again while the machine runs.</param>
public sealed record UnixSocketInfo(byte Type, SocketState State, uint Inode, ulong Cookie)
{
    /// <summary>The address it is bound to: a path, or a name in the abstract namespace after a zero byte; empty when not bound.</summary>
    public ReadOnlyMemory<byte> Name { get; init; }

    /// <summary>Whether the name is in the abstract namespace.</summary>
    public bool IsAbstract => Name.Length > 0 && Name.Span[0] == 0;

    /// <summary>The inode in sockfs of the socket it is connected to; null when none, or when that is in another network namespace.</summary>
    public uint? PeerInode { get; init; }

    /// <summary>For a listening socket, the inodes in sockfs of the sockets that wait to be accepted; 0 for those that are closed again.</summary>
    public IReadOnlyList<uint> PendingInodes { get; init; } = [];

    /// <summary>Bytes that wait to be read; for a listening socket, connections that wait to be accepted.</summary>
    public uint ReceiveQueue { get; init; }

    /// <summary>Bytes that were sent and not read; for a listening socket, the longest queue allowed.</summary>
    public uint SendQueue { get; init; }

    /// <summary>The inode and the device (in the kernel's form) of the socket file it is bound to; null when not bound to a path.</summary>
    public (uint Inode, uint Device)? File { get; init; }

    /// <summary>Which directions were shut down: bit 0 receiving, bit 1 sending.</summary>
    public byte Shutdown { get; init; }

    /// <summary>Memory counters in bytes, indexed by <see cref="SK_MEMINFO"/>.</summary>
    public IReadOnlyList<uint> Memory { get; init; } = [];

    /// <summary>All other attributes.</summary>
    public IReadOnlyList<OwnedAttribute> Unknown { get; init; } = [];

    internal static UnixSocketInfo Parse(Message message)
    {
        var header = message.FixedHeader<unix_diag_msg>();
        var socket = new UnixSocketInfo(
            header.udiag_type, (SocketState)header.udiag_state, header.udiag_ino, SocketDiagnostics.Cookie(header.udiag_cookie_low, header.udiag_cookie_high));
        List<OwnedAttribute> unknown = [];
        foreach (var attribute in message.Attributes(Unsafe.SizeOf<unix_diag_msg>()))
        {
            switch ((UNIX_DIAG)attribute.Type)
            {
                case UNIX_DIAG.UNIX_DIAG_NAME:
                    socket = socket with { Name = attribute.Value.ToArray() };
                    break;
                case UNIX_DIAG.UNIX_DIAG_VFS:
                    var file = attribute.AsUInt64();
                    socket = socket with { File = ((uint)file, (uint)(file >> 32)) };
                    break;
                case UNIX_DIAG.UNIX_DIAG_PEER:
                    socket = socket with { PeerInode = attribute.AsUInt32() };
                    break;
                case UNIX_DIAG.UNIX_DIAG_ICONS:
                    socket = socket with { PendingInodes = SocketDiagnostics.Numbers(attribute) };
                    break;
                case UNIX_DIAG.UNIX_DIAG_RQLEN:
                    var queues = attribute.AsUInt64();
                    socket = socket with { ReceiveQueue = (uint)queues, SendQueue = (uint)(queues >> 32) };
                    break;
                case UNIX_DIAG.UNIX_DIAG_MEMINFO:
                    socket = socket with { Memory = SocketDiagnostics.Numbers(attribute) };
                    break;
                case UNIX_DIAG.UNIX_DIAG_SHUTDOWN:
                    socket = socket with { Shutdown = attribute.AsByte() };
                    break;
                default:
                    unknown.Add(attribute.ToOwned());
                    break;
            }
        }

        return socket with { Unknown = unknown };
    }
}

using LxcNative.Netlink.SockDiag;
using Kernel = LxcNative.Native.Uapi.Socket;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>What an <see cref="Snapshot.ObservedSocket"/> says in numbers.</summary>
internal static class Families
{
    public const int Unix = Kernel.AF_UNIX;
    public const int Inet = Kernel.AF_INET;
    public const int Inet6 = Kernel.AF_INET6;
    public const int Netlink = Kernel.AF_NETLINK;
    public const int Packet = Kernel.AF_PACKET;

    public const int Tcp = (int)InetProtocol.Tcp;
    public const int Udp = (int)InetProtocol.Udp;
    public const int UdpLite = (int)InetProtocol.UdpLite;

    public const int Established = (int)SocketState.Established;
    public const int Connecting = (int)SocketState.SynSent;
    public const int HalfOpen = (int)SocketState.SynReceived;
    public const int Closing1 = (int)SocketState.FinWait1;
    public const int Closing2 = (int)SocketState.FinWait2;
    public const int Closed = (int)SocketState.Closed;
    public const int ClosedThere = (int)SocketState.CloseWait;
    public const int LastAcknowledge = (int)SocketState.LastAcknowledge;
    public const int Listening = (int)SocketState.Listen;
    public const int Closing = (int)SocketState.Closing;
}

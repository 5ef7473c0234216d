namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Numbers of sys/socket.h, netinet/in.h and net/tcp_states.h.</summary>
internal static class Families
{
    public const int Unix = 1;
    public const int Inet = 2;
    public const int Inet6 = 10;
    public const int Netlink = 16;
    public const int Packet = 17;

    public const int Tcp = 6;
    public const int Udp = 17;
    public const int UdpLite = 136;

    public const int Established = 1;
    public const int Connecting = 2;
    public const int HalfOpen = 3;
    public const int Closing1 = 4;
    public const int Closing2 = 5;
    public const int ClosedThere = 8;
    public const int LastAcknowledge = 9;
    public const int Listening = 10;
    public const int Closing = 11;
}

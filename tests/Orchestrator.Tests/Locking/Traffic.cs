using System.Net;
using System.Net.Sockets;
using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.Tests.Locking;

/// <summary>Everything that could pass between a container and the world, tried once.</summary>
internal static class Traffic
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static readonly string[] AllKinds = ["88b5", "arp", "icmp", "igmp", "mld", "neighbour advertisement", "tcp", "udp4", "udp6"];

    /// <summary>Makes the container, and the kernel on its behalf, send one frame of every kind; returns the kinds that arrive at the peer.</summary>
    /// <param name="pair">Both.</param>
    /// <param name="expected">Kinds that are waited for.</param>
    public static SortedSet<string> KindsThatLeave(NamespacePair pair, params IReadOnlyCollection<string> expected)
    {
        using FrameTap tap = new(pair.Peer);
        Try(() => Send(pair.Container, NamespacePair.Container4, NamespacePair.Peer4));
        Try(() => Send(pair.Container, NamespacePair.Container6, NamespacePair.Peer6));
        Try(() => SendPing(pair.Container));
        Try(() => SendSyn(pair.Container));
        Try(() => SendUnknownEtherType(pair.Container));
        using var member4 = NamespacePair.Socket(pair.Container, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Try(() => member4.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership,
            new MulticastOption(IPAddress.Parse("239.1.2.3"), NamespacePair.Container4)));
        using var member6 = NamespacePair.Socket(pair.Container, AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
        Try(() => member6.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership,
            new IPv6MulticastOption(IPAddress.Parse("ff02::1:2:3"), InterfaceIndex(pair))));

        // The peer asks who has the container's addresses; the container's kernel would answer.
        NamespacePair.Run(pair.Peer, "ip", "neighbour flush dev eth0");
        Try(() => Send(pair.Peer, NamespacePair.Peer4, NamespacePair.Container4));
        Try(() => Send(pair.Peer, NamespacePair.Peer6, NamespacePair.Container6));
        return tap.Drain(expected);
    }

    /// <summary>Whether a datagram from one socket reaches another, at once or, where it has to, when a busy machine gets to it.</summary>
    public static bool Passes(
        FileDescriptor from, IPAddress source, FileDescriptor to, IPAddress destination, bool isMarked = false, bool isExpected = true)
    {
        using var sender = NamespacePair.Udp(from, source, isMarked);
        using var receiver = NamespacePair.Udp(to, destination);
        if (isExpected)
            receiver.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        try
        {
            sender.SendTo("x"u8, receiver.LocalEndPoint!);
            receiver.Receive(new byte[1]);
            return true;
        }
        catch (SocketException refused) when (refused.SocketErrorCode is SocketError.AccessDenied or SocketError.TimedOut or SocketError.WouldBlock)
        {
            return false;
        }
    }

    /// <summary>Whether a TCP connection can be made, at once or, where it has to, when a busy machine gets to it.</summary>
    public static bool Connects(FileDescriptor from, FileDescriptor to, IPAddress destination, bool isExpected)
    {
        using var listener = NamespacePair.Socket(to, destination.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(destination, 0));
        listener.Listen();
        using var client = NamespacePair.Socket(from, destination.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            return client.ConnectAsync(listener.LocalEndPoint!).Wait(isExpected ? Patience : TimeSpan.FromMilliseconds(400));
        }
        catch (AggregateException)
        {
            return false;
        }
    }

    private static int InterfaceIndex(NamespacePair pair) =>
        int.Parse(NamespacePair.Run(pair.Container, "ip", "-o link show eth0").Split(':')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static void Try(Action send)
    {
        try
        {
            send();
        }
        catch (Exception refused) when (refused is SocketException or AggregateException)
        {
            // Locked: send(2) says EPERM.
        }
    }

    private static void Send(FileDescriptor from, IPAddress source, IPAddress destination)
    {
        using var sender = NamespacePair.Udp(from, source);
        sender.SendTo("x"u8, new IPEndPoint(destination, 9));
    }

    private static void SendPing(FileDescriptor from)
    {
        using var raw = NamespacePair.Socket(from, AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp);
        raw.SendTo((byte[])[8, 0, 0xf7, 0xff, 0, 0, 0, 0], new IPEndPoint(NamespacePair.Peer4, 0));
    }

    private static void SendSyn(FileDescriptor from)
    {
        using var client = NamespacePair.Socket(from, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.ConnectAsync(new IPEndPoint(NamespacePair.Peer4, 9)).Wait(TimeSpan.FromMilliseconds(100));
    }

    private static void SendUnknownEtherType(FileDescriptor from)
    {
        byte[] frame = [0x02, 0, 0, 0, 0, 0x0b, 0x02, 0, 0, 0, 0, 0x0a, 0x88, 0xb5, .. new byte[50]];
        NamespacePair.TryRun(from, "python3",
            $"-c \"import socket; s=socket.socket(socket.AF_PACKET, socket.SOCK_RAW); s.bind(('eth0', 0)); "
            + $"s.send(bytes.fromhex('{Convert.ToHexString(frame)}'))\"");
    }
}

namespace LxcNative.Netlink.SockDiag;

/// <summary>The protocol of an inet socket (IPPROTO_*).</summary>
public enum InetProtocol : byte
{
    /// <summary>TCP.</summary>
    Tcp = 6,

    /// <summary>UDP.</summary>
    Udp = 17,

    /// <summary>UDP-Lite.</summary>
    UdpLite = 136,

    /// <summary>Raw sockets of every protocol; many kernels are built without diagnostics for them.</summary>
    Raw = 255,
}

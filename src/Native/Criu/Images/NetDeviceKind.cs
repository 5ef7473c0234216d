namespace LxcNative.Native.Criu.Images;

/// <summary>The kinds of links that criu dumps (images/netdev.proto).</summary>
internal enum NetDeviceKind
{
    /// <summary>Absent.</summary>
    None = 0,

    /// <summary>lo.</summary>
    Loopback = 1,

    /// <summary>One end of a veth pair.</summary>
    Veth = 2,

    /// <summary>tun or tap.</summary>
    Tun = 3,

    /// <summary>A link that the caller brings back.</summary>
    External = 4,

    /// <summary>OpenVZ's.</summary>
    Venet = 5,

    /// <summary>A bridge.</summary>
    Bridge = 6,

    /// <summary>A macvlan.</summary>
    Macvlan = 7,

    /// <summary>An IPv6-in-IPv4 tunnel.</summary>
    Sit = 8,
}

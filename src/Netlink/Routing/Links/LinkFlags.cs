namespace LxcNative.Netlink.Routing.Links;

/// <summary>Flags of a link (IFF_* of linux/if.h, netdevice(7)); unnamed bits are kept.</summary>
[Flags]
public enum LinkFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Administratively up.</summary>
    Up = 0x1,

    /// <summary>Has a broadcast address.</summary>
    Broadcast = 0x2,

    /// <summary>Debugging.</summary>
    Debug = 0x4,

    /// <summary>A loopback.</summary>
    Loopback = 0x8,

    /// <summary>Point to point.</summary>
    PointToPoint = 0x10,

    /// <summary>No trailers.</summary>
    NoTrailers = 0x20,

    /// <summary>Operational.</summary>
    Running = 0x40,

    /// <summary>No ARP.</summary>
    NoArp = 0x80,

    /// <summary>Receives everything.</summary>
    Promiscuous = 0x100,

    /// <summary>Receives all multicast.</summary>
    AllMulticast = 0x200,

    /// <summary>Master of a bond.</summary>
    Master = 0x400,

    /// <summary>Slave of a bond.</summary>
    Slave = 0x800,

    /// <summary>Multicast.</summary>
    Multicast = 0x1000,

    /// <summary>Media can be selected.</summary>
    PortSelect = 0x2000,

    /// <summary>Media is selected by itself.</summary>
    AutoMedia = 0x4000,

    /// <summary>Addresses are lost when it goes down.</summary>
    Dynamic = 0x8000,

    /// <summary>The lower layer is up.</summary>
    LowerUp = 0x10000,

    /// <summary>Waits for something, such as authentication.</summary>
    Dormant = 0x20000,

    /// <summary>Echoes what it sends.</summary>
    Echo = 0x40000,
}

namespace LxcNative.Netlink.Routing.Neighbours;

/// <summary>States of a neighbour (NUD_* of linux/neighbour.h); unnamed bits are kept.</summary>
[Flags]
public enum NeighbourStates : ushort
{
    /// <summary>NUD_NONE.</summary>
    None = 0,

    /// <summary>NUD_INCOMPLETE: being resolved.</summary>
    Incomplete = 0x01,

    /// <summary>NUD_REACHABLE.</summary>
    Reachable = 0x02,

    /// <summary>NUD_STALE: known, but not verified lately.</summary>
    Stale = 0x04,

    /// <summary>NUD_DELAY: about to be verified.</summary>
    Delay = 0x08,

    /// <summary>NUD_PROBE: being verified.</summary>
    Probe = 0x10,

    /// <summary>NUD_FAILED: could not be resolved.</summary>
    Failed = 0x20,

    /// <summary>NUD_NOARP: never resolved.</summary>
    NoArp = 0x40,

    /// <summary>NUD_PERMANENT: set by hand, never verified, never collected.</summary>
    Permanent = 0x80,
}

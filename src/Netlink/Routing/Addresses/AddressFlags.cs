namespace LxcNative.Netlink.Routing.Addresses;

/// <summary>Flags of an address (IFA_F_* of linux/if_addr.h); unnamed bits are kept.</summary>
[Flags]
public enum AddressFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>IPv4: another address of the same prefix came first. IPv6: a temporary address.</summary>
    Secondary = 0x01,

    /// <summary>No duplicate address detection.</summary>
    NoDuplicateDetection = 0x02,

    /// <summary>Usable during duplicate address detection.</summary>
    Optimistic = 0x04,

    /// <summary>Duplicate address detection failed.</summary>
    DuplicateDetectionFailed = 0x08,

    /// <summary>A home address (Mobile IPv6).</summary>
    Home = 0x10,

    /// <summary>Past its preferred lifetime.</summary>
    Deprecated = 0x20,

    /// <summary>Duplicate address detection is going on.</summary>
    Tentative = 0x40,

    /// <summary>Valid for ever.</summary>
    Permanent = 0x80,

    /// <summary>The kernel makes temporary addresses from it.</summary>
    ManageTemporary = 0x100,

    /// <summary>Without the route of its prefix.</summary>
    NoPrefixRoute = 0x200,

    /// <summary>Joins the multicast group of the address.</summary>
    JoinMulticast = 0x400,

    /// <summary>Made from a secret (RFC 7217).</summary>
    StablePrivacy = 0x800,
}

namespace LxcNative.Netlink.Routing.Links;

/// <summary>How macvlans above one link reach each other (MACVLAN_MODE_* of linux/if_link.h).</summary>
public enum MacvlanMode : uint
{
    /// <summary>Not at all.</summary>
    Private = 1,

    /// <summary>By way of the switch outside.</summary>
    Vepa = 2,

    /// <summary>Directly.</summary>
    Bridge = 4,

    /// <summary>One macvlan has the whole link.</summary>
    PassThrough = 8,

    /// <summary>By lists of source addresses.</summary>
    Source = 16,
}

namespace LxcNative.Netlink.Routing.Links;

/// <summary>What a link can do now (RFC 2863; IF_OPER_* of linux/if.h).</summary>
public enum OperationalState : byte
{
    /// <summary>The driver does not say.</summary>
    Unknown = 0,

    /// <summary>Something is missing.</summary>
    NotPresent = 1,

    /// <summary>Down.</summary>
    Down = 2,

    /// <summary>A link it depends on is down.</summary>
    LowerLayerDown = 3,

    /// <summary>Testing.</summary>
    Testing = 4,

    /// <summary>Waits for something, such as authentication.</summary>
    Dormant = 5,

    /// <summary>Passes packets.</summary>
    Up = 6,
}

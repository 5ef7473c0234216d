using System.Runtime.InteropServices;

namespace LxcNative.Netlink.Uapi;

/// <summary>Attributes of AF_BRIDGE in IFLA_AF_SPEC (linux/if_bridge.h).</summary>
internal enum IFLA_BRIDGE : ushort
{
    IFLA_BRIDGE_FLAGS = 0,
    IFLA_BRIDGE_MODE = 1,
    IFLA_BRIDGE_VLAN_INFO = 2,
    IFLA_BRIDGE_VLAN_TUNNEL_INFO = 3,
    IFLA_BRIDGE_MRP = 4,
    IFLA_BRIDGE_CFM = 5,
    IFLA_BRIDGE_MST = 6,
}

/// <summary>Flags of a VLAN of a bridge port (linux/if_bridge.h).</summary>
[Flags]
internal enum BRIDGE_VLAN_INFO : ushort
{
    BRIDGE_VLAN_INFO_MASTER = 0x1,
    BRIDGE_VLAN_INFO_PVID = 0x2,
    BRIDGE_VLAN_INFO_UNTAGGED = 0x4,
    BRIDGE_VLAN_INFO_RANGE_BEGIN = 0x8,
    BRIDGE_VLAN_INFO_RANGE_END = 0x10,
    BRIDGE_VLAN_INFO_BRENTRY = 0x20,
    BRIDGE_VLAN_INFO_ONLY_OPTS = 0x40,
}

/// <summary>Whether a bridge request is for the bridge or for the port (linux/if_bridge.h).</summary>
[Flags]
internal enum BRIDGE_FLAGS : ushort
{
    BRIDGE_FLAGS_MASTER = 0x1,
    BRIDGE_FLAGS_SELF = 0x2,
}

/// <summary>States of a bridge port (linux/if_bridge.h).</summary>
internal enum BR_STATE : byte
{
    BR_STATE_DISABLED = 0,
    BR_STATE_LISTENING = 1,
    BR_STATE_LEARNING = 2,
    BR_STATE_FORWARDING = 3,
    BR_STATE_BLOCKING = 4,
}

/// <summary>One VLAN of a bridge port, or an end of a range (linux/if_bridge.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct bridge_vlan_info
{
    public ushort flags;
    public ushort vid;
}

using LxcNative.Netlink.Netfilter.Uapi;

namespace LxcNative.Netlink.Netfilter;

/// <summary>Flags of a table.</summary>
[Flags]
public enum TableFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The chains are not registered at their hooks.</summary>
    Dormant = NFT_TABLE_F.NFT_TABLE_F_DORMANT,

    /// <summary>Only the socket that made the table may change it, and it is deleted when that socket is closed (Linux 5.12).</summary>
    Owner = NFT_TABLE_F.NFT_TABLE_F_OWNER,

    /// <summary>An owned table stays, without owner, when its socket is closed (Linux 6.9).</summary>
    Persist = NFT_TABLE_F.NFT_TABLE_F_PERSIST,
}

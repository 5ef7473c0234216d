using LxcNative.Netlink.Netfilter.Uapi;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>Message types of nf_tables.</summary>
internal static class NfTables
{
    /// <summary>The type of one of its operations: the subsystem is the upper byte (linux/netfilter/nfnetlink.h).</summary>
    public static ushort TypeOf(NFT_MSG operation) => (ushort)(((ushort)NFNL_SUBSYS.NFNL_SUBSYS_NFTABLES << 8) | (ushort)operation);
}

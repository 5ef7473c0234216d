using System.Buffers.Binary;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network.Rulesets;

/// <summary>Which attributes of captured nf_tables messages go into the requests that make the same again; handles and use counts do not.</summary>
internal static class RulesetAttributes
{
    private static readonly HashSet<ushort> OfSet =
    [
        (ushort)NFTA_SET.NFTA_SET_TABLE, (ushort)NFTA_SET.NFTA_SET_NAME, (ushort)NFTA_SET.NFTA_SET_FLAGS, (ushort)NFTA_SET.NFTA_SET_KEY_TYPE,
        (ushort)NFTA_SET.NFTA_SET_KEY_LEN, (ushort)NFTA_SET.NFTA_SET_DATA_TYPE, (ushort)NFTA_SET.NFTA_SET_DATA_LEN, (ushort)NFTA_SET.NFTA_SET_POLICY,
        (ushort)NFTA_SET.NFTA_SET_DESC, (ushort)NFTA_SET.NFTA_SET_TIMEOUT, (ushort)NFTA_SET.NFTA_SET_GC_INTERVAL, (ushort)NFTA_SET.NFTA_SET_USERDATA,
        (ushort)NFTA_SET.NFTA_SET_OBJ_TYPE, (ushort)NFTA_SET.NFTA_SET_EXPR, (ushort)NFTA_SET.NFTA_SET_EXPRESSIONS,
    ];

    private static readonly HashSet<ushort> OfTable = [(ushort)NFTA_TABLE.NFTA_TABLE_NAME, (ushort)NFTA_TABLE.NFTA_TABLE_FLAGS,
        (ushort)NFTA_TABLE.NFTA_TABLE_USERDATA];

    private static readonly HashSet<ushort> NotOfChain = [(ushort)NFTA_CHAIN.NFTA_CHAIN_HANDLE, (ushort)NFTA_CHAIN.NFTA_CHAIN_USE,
        (ushort)NFTA_CHAIN.NFTA_CHAIN_PAD];

    private static readonly HashSet<ushort> NotOfRule = [(ushort)NFTA_RULE.NFTA_RULE_HANDLE, (ushort)NFTA_RULE.NFTA_RULE_POSITION,
        (ushort)NFTA_RULE.NFTA_RULE_PAD];

    // linux/netfilter/nf_tables.h: TABLE, NAME, TYPE, DATA, USERDATA of an object; TABLE, NAME, HOOK, FLAGS of a flowtable.
    private static readonly HashSet<ushort> OfObject = [1, 2, 3, 4, 8];

    private static readonly HashSet<ushort> OfFlowtable = [1, 2, 3, 7];

    /// <summary>What a request carries to make it again.</summary>
    public static IEnumerable<OwnedAttribute> Settings(Captured<nfgenmsg> message) =>
        message.Attributes.Where(attribute => (NFT_MSG)(message.Type & 0xff) switch
    {
        NFT_MSG.NFT_MSG_NEWTABLE => OfTable.Contains(attribute.Type),
        NFT_MSG.NFT_MSG_NEWCHAIN => !NotOfChain.Contains(attribute.Type),
        NFT_MSG.NFT_MSG_NEWRULE => !NotOfRule.Contains(attribute.Type),
        NFT_MSG.NFT_MSG_NEWSET => OfSet.Contains(attribute.Type),
        NFT_MSG.NFT_MSG_NEWOBJ => OfObject.Contains(attribute.Type),
        NFT_MSG.NFT_MSG_NEWFLOWTABLE => OfFlowtable.Contains(attribute.Type),
        _ => true,
    });

    /// <summary>The handle that the kernel had given it; 0 when it shows none.</summary>
    public static ulong Handle(Captured<nfgenmsg> message) => message.Find((NFT_MSG)(message.Type & 0xff) switch
    {
        NFT_MSG.NFT_MSG_NEWTABLE => (ushort)NFTA_TABLE.NFTA_TABLE_HANDLE,
        NFT_MSG.NFT_MSG_NEWCHAIN => (ushort)NFTA_CHAIN.NFTA_CHAIN_HANDLE,
        NFT_MSG.NFT_MSG_NEWRULE => (ushort)NFTA_RULE.NFTA_RULE_HANDLE,
        NFT_MSG.NFT_MSG_NEWSET => (ushort)NFTA_SET.NFTA_SET_HANDLE,
        NFT_MSG.NFT_MSG_NEWOBJ => 6,
        NFT_MSG.NFT_MSG_NEWFLOWTABLE => 5,
        _ => 0,
    })?.AsBigUInt64() ?? 0;

    /// <summary>A 64-bit number in network order.</summary>
    public static OwnedAttribute Number(ushort type, ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return new OwnedAttribute(type, bytes);
    }

    /// <summary>A 32-bit number in network order.</summary>
    public static OwnedAttribute Number(ushort type, uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return new OwnedAttribute(type, bytes);
    }

    /// <summary>A text with its terminating NUL.</summary>
    public static OwnedAttribute Text(ushort type, string value) => new(type, [.. System.Text.Encoding.UTF8.GetBytes(value), 0]);
}

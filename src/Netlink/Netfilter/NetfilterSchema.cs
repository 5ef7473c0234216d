using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter.Uapi;

namespace LxcNative.Netlink.Netfilter;

/// <summary>The names of nf_tables' messages and attributes, for error texts.</summary>
internal static class NetfilterSchema
{
    /// <summary>Bytes of struct nfgenmsg.</summary>
    public const int FixedHeaderLength = 4;

    private static readonly AttributeSchema s_expression = BuildExpression();

    private static readonly AttributeSchema s_table = AttributeSchema.Of<NFTA_TABLE>("NFTA_TABLE_");

    private static readonly AttributeSchema s_chain = AttributeSchema.Of<NFTA_CHAIN>("NFTA_CHAIN_")
        .With(NFTA_CHAIN.NFTA_CHAIN_HOOK, AttributeSchema.Of<NFTA_HOOK>("NFTA_HOOK_")
            .With(NFTA_HOOK.NFTA_HOOK_DEVS, AttributeSchema.Of<NFTA_DEVICE>("NFTA_DEVICE_")));

    private static readonly AttributeSchema s_rule = AttributeSchema.Of<NFTA_RULE>("NFTA_RULE_")
        .With(NFTA_RULE.NFTA_RULE_EXPRESSIONS, AttributeSchema.Of<NFTA_LIST>("NFTA_").With(NFTA_LIST.NFTA_LIST_ELEM, s_expression));

    private static readonly AttributeSchema s_set = AttributeSchema.Of<NFTA_SET>("NFTA_SET_");

    /// <summary>The schema of NETLINK_NETFILTER as this library uses it.</summary>
    public static FamilySchema Family { get; } = new("nf_tables", Find);

    /// <summary>The message type of nf_tables for one of its operations.</summary>
    public static ushort TypeOf(NFT_MSG operation) => (ushort)(((ushort)NFNL_SUBSYS.NFNL_SUBSYS_NFTABLES << 8) | (ushort)operation);

    private static MessageSchema? Find(ushort type)
    {
        if (type == (ushort)NFNL_MSG.NFNL_MSG_BATCH_BEGIN)
            return new MessageSchema("BATCH_BEGIN", FixedHeaderLength, AttributeSchema.Of<NFNL_BATCH>("NFNL_BATCH_"));
        if (type == (ushort)NFNL_MSG.NFNL_MSG_BATCH_END)
            return new MessageSchema("BATCH_END", FixedHeaderLength);
        if (type >> 8 != (ushort)NFNL_SUBSYS.NFNL_SUBSYS_NFTABLES || Enum.GetName((NFT_MSG)(type & 0xff)) is not { } name)
            return null;
        name = name["NFT_MSG_".Length..];
        var attributes = name switch
        {
            _ when name.EndsWith("FLOWTABLE", StringComparison.Ordinal) => null,
            _ when name.EndsWith("TABLE", StringComparison.Ordinal) => s_table,
            _ when name.EndsWith("CHAIN", StringComparison.Ordinal) => s_chain,
            _ when name.EndsWith("RULE", StringComparison.Ordinal) => s_rule,
            _ when name.EndsWith("SET", StringComparison.Ordinal) => s_set,
            _ => null,
        };
        return new MessageSchema(name, FixedHeaderLength, attributes);
    }

    private static AttributeSchema BuildExpression()
    {
        var data = AttributeSchema.Of<NFTA_DATA>("NFTA_DATA_")
            .With(NFTA_DATA.NFTA_DATA_VERDICT, AttributeSchema.Of<NFTA_VERDICT>("NFTA_VERDICT_"));
        var expression = AttributeSchema.Of<NFTA_EXPR>("NFTA_EXPR_");
        void Variant(string name, AttributeSchema space) =>
            expression.WithVariant(NFTA_EXPR.NFTA_EXPR_NAME, NFTA_EXPR.NFTA_EXPR_DATA, name, space);
        Variant("immediate", AttributeSchema.Of<NFTA_IMMEDIATE>("NFTA_IMMEDIATE_").With(NFTA_IMMEDIATE.NFTA_IMMEDIATE_DATA, data));
        Variant("cmp", AttributeSchema.Of<NFTA_CMP>("NFTA_CMP_").With(NFTA_CMP.NFTA_CMP_DATA, data));
        Variant("bitwise", AttributeSchema.Of<NFTA_BITWISE>("NFTA_BITWISE_"));
        Variant("lookup", AttributeSchema.Of<NFTA_LOOKUP>("NFTA_LOOKUP_"));
        Variant("payload", AttributeSchema.Of<NFTA_PAYLOAD>("NFTA_PAYLOAD_"));
        Variant("meta", AttributeSchema.Of<NFTA_META>("NFTA_META_"));
        Variant("ct", AttributeSchema.Of<NFTA_CT>("NFTA_CT_"));
        Variant("counter", AttributeSchema.Of<NFTA_COUNTER>("NFTA_COUNTER_"));
        Variant("limit", AttributeSchema.Of<NFTA_LIMIT>("NFTA_LIMIT_"));
        Variant("queue", AttributeSchema.Of<NFTA_QUEUE>("NFTA_QUEUE_"));
        Variant("target", AttributeSchema.Of<NFTA_TARGET>("NFTA_TARGET_"));
        return expression;
    }
}

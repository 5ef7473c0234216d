using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network.Rulesets;

/// <summary>Finds out the protocol of a rule that iptables-nft made. The kernel wants to be told when a rule has an extension of xtables
/// (NFTA_RULE_COMPAT), and does not tell it back; it follows from the rule's own comparison of the protocol.</summary>
internal static class XtablesProtocol
{
    private const uint NetworkHeader = (uint)NFT_PAYLOAD.NFT_PAYLOAD_NETWORK_HEADER;

    // Where the protocol is in the headers of IPv4 and IPv6.
    private const uint Ipv4Offset = 9;
    private const uint Ipv6Offset = 6;

    /// <summary>The attribute, or null for a rule without extensions or without a protocol.</summary>
    public static OwnedAttribute? Find(Captured<nfgenmsg> rule)
    {
        var expressions = (rule.Find(NFTA_RULE.NFTA_RULE_EXPRESSIONS)?.AsList() ?? []).Select(element => element.AsList()).ToList();
        if (!expressions.Exists(expression => NameOf(expression) is "match" or "target"))
            return null;
        uint? register = null;
        foreach (var expression in expressions)
        {
            var data = expression.Find(attribute => attribute.Type == (ushort)NFTA_EXPR.NFTA_EXPR_DATA)?.AsList() ?? [];
            if (NameOf(expression) == "meta" && Number(data, (ushort)NFTA_META.NFTA_META_KEY) == (uint)NFT_META.NFT_META_L4PROTO)
                register = Number(data, (ushort)NFTA_META.NFTA_META_DREG);
            else if (NameOf(expression) == "payload" && IsProtocol(data))
                register = Number(data, (ushort)NFTA_PAYLOAD.NFTA_PAYLOAD_DREG);
            else if (NameOf(expression) == "cmp" && register is not null && Number(data, (ushort)NFTA_CMP.NFTA_CMP_SREG) == register)
                return Compat(data);
        }

        return null;
    }

    private static bool IsProtocol(List<OwnedAttribute> payload) =>
        Number(payload, (ushort)NFTA_PAYLOAD.NFTA_PAYLOAD_BASE) == NetworkHeader
        && Number(payload, (ushort)NFTA_PAYLOAD.NFTA_PAYLOAD_OFFSET) is Ipv4Offset or Ipv6Offset
        && Number(payload, (ushort)NFTA_PAYLOAD.NFTA_PAYLOAD_LEN) == 1;

    private static OwnedAttribute? Compat(List<OwnedAttribute> comparison)
    {
        var value = comparison.Find(attribute => attribute.Type == (ushort)NFTA_CMP.NFTA_CMP_DATA)?.Inner((ushort)NFTA_DATA.NFTA_DATA_VALUE);
        if (value is not { Value: [var protocol] })
            return null;
        var isInverted = Number(comparison, (ushort)NFTA_CMP.NFTA_CMP_OP) == (uint)NFT_CMP.NFT_CMP_NEQ;
        var buffer = new MessageBuffer();
        buffer.Attributes.Write(RulesetAttributes.Number((ushort)NFTA_RULE_COMPAT.NFTA_RULE_COMPAT_PROTO, (uint)protocol));
        buffer.Attributes.Write(RulesetAttributes.Number((ushort)NFTA_RULE_COMPAT.NFTA_RULE_COMPAT_FLAGS,
            isInverted ? (uint)NFT_RULE_COMPAT_F.NFT_RULE_COMPAT_F_INV : 0));
        return new OwnedAttribute((ushort)NFTA_RULE.NFTA_RULE_COMPAT | AttributeHeader.NestedFlag, buffer.Written.ToArray());
    }

    private static string? NameOf(List<OwnedAttribute> expression) =>
        expression.Find(attribute => attribute.Type == (ushort)NFTA_EXPR.NFTA_EXPR_NAME)?.AsText();

    private static uint? Number(List<OwnedAttribute> attributes, ushort type) => attributes.Find(attribute => attribute.Type == type)?.AsBigUInt32();
}

using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network.Rulesets;

/// <summary>The expressions of a captured rule as a request has them: the kernel takes all of them as it shows them, but one.</summary>
internal static class RuleExpressions
{
    /// <summary>NFTA_RULE_EXPRESSIONS of a rule, with what the kernel shows of an exthdr expression and refuses to be told left out.</summary>
    public static OwnedAttribute ForRequest(OwnedAttribute captured)
    {
        var elements = captured.AsList();
        return elements.Exists(IsExtensionHeader)
            ? List(captured.RawType, elements.Select(element => IsExtensionHeader(element) ? Repair(element) : element))
            : captured;
    }

    private static bool IsExtensionHeader(OwnedAttribute element) => element.Inner((ushort)NFTA_EXPR.NFTA_EXPR_NAME)?.AsText() == "exthdr";

    private static OwnedAttribute Repair(OwnedAttribute element) => List(
        element.RawType,
        element.AsList().Select(part => part.Type == (ushort)NFTA_EXPR.NFTA_EXPR_DATA ? List(part.RawType, Accepted(part.AsList())) : part));

    // Writing an option takes no flags, and removing one takes nothing but its type (nft_exthdr_tcp_set_init, nft_exthdr_tcp_strip_init).
    private static IEnumerable<OwnedAttribute> Accepted(List<OwnedAttribute> data)
    {
        if (data.Exists(attribute => attribute.Type == (ushort)NFTA_EXTHDR.NFTA_EXTHDR_DREG))
            return data;
        return data.Exists(attribute => attribute.Type == (ushort)NFTA_EXTHDR.NFTA_EXTHDR_SREG)
            ? data.Where(attribute => attribute.Type != (ushort)NFTA_EXTHDR.NFTA_EXTHDR_FLAGS)
            : data.Where(attribute => (NFTA_EXTHDR)attribute.Type is NFTA_EXTHDR.NFTA_EXTHDR_TYPE or NFTA_EXTHDR.NFTA_EXTHDR_OP);
    }

    private static OwnedAttribute List(ushort rawType, IEnumerable<OwnedAttribute> attributes)
    {
        var buffer = new MessageBuffer();
        foreach (var attribute in attributes)
            buffer.Attributes.Write(attribute);
        return new OwnedAttribute(rawType, buffer.Written.ToArray());
    }
}

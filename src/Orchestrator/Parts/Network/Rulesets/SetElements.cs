using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network.Rulesets;

/// <summary>The elements of one set, put into requests again.</summary>
internal static class SetElements
{
    // A nest holds 64 KiB at most.
    private const int LargestNest = 60_000;

    /// <summary>Adds the elements to a batch.</summary>
    /// <param name="batch">Where to.</param>
    /// <param name="set">The set.</param>
    /// <param name="captured">Its NEWSETELEM messages.</param>
    public static void Add(RulesetBatch batch, Captured<nfgenmsg> set, IEnumerable<Captured<nfgenmsg>> captured)
    {
        var elements = captured.SelectMany(message => message.Find(NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_ELEMENTS)?.AsList() ?? []).ToList();
        if (((NFT_SET)(set.Find(NFTA_SET.NFTA_SET_FLAGS)?.AsBigUInt32() ?? 0)).HasFlag(NFT_SET.NFT_SET_INTERVAL))
            elements = InOrder(elements);
        var name = set.Text(NFTA_SET.NFTA_SET_NAME) ?? throw new NetlinkProtocolException("a set without a name");
        var nest = new MessageBuffer();
        foreach (var element in elements)
        {
            if (nest.Length > 0 && nest.Length + element.Value.Length + 8 > LargestNest)
                Flush();
            nest.Attributes.Write(element);
        }

        if (nest.Length > 0)
            Flush();

        void Flush()
        {
            batch.Add(
                NFT_MSG.NFT_MSG_NEWSETELEM,
                MessageFlags.Create,
                set.Header.nfgen_family,
                [
                    RulesetAttributes.Text((ushort)NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_TABLE, TableName.Of(set).Name),
                    RulesetAttributes.Text((ushort)NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_SET, name),
                    new OwnedAttribute((ushort)NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_ELEMENTS | AttributeHeader.NestedFlag, nest.Written.ToArray()),
                ],
                $"elements of set {name}");
            nest.Clear();
        }
    }

    /// <summary>Ends and beginnings of intervals, ascending: the kernel takes an end only behind its beginning, and lists them descending.</summary>
    private static List<OwnedAttribute> InOrder(List<OwnedAttribute> elements) =>
        [.. elements.Select(element => (element, key: Key(element))).OrderBy(pair => pair.key, StringComparer.Ordinal).Select(pair => pair.element)];

    private static string Key(OwnedAttribute element)
    {
        var parts = element.AsList();
        var key = parts.Find(part => part.Type == (ushort)NFTA_SET_ELEM.NFTA_SET_ELEM_KEY)?.Inner((ushort)NFTA_DATA.NFTA_DATA_VALUE);
        var flags = parts.Find(part => part.Type == (ushort)NFTA_SET_ELEM.NFTA_SET_ELEM_FLAGS)?.AsBigUInt32() ?? 0;
        var isEnd = (flags & (uint)NFT_SET_ELEM.NFT_SET_ELEM_INTERVAL_END) != 0;
        return (key is null ? "" : Convert.ToHexString(key.Value)) + (isEnd ? "-0" : "-1");
    }
}

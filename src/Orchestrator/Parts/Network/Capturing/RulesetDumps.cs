using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Parts.Network.Rulesets;

namespace LxcNative.Orchestrator.Parts.Network.Capturing;

/// <summary>Everything that nf_tables tells of a namespace, copied as it comes.</summary>
internal sealed class RulesetDumps(NetlinkSocket socket)
{
    private readonly MessageBuffer _tables = Get(NFT_MSG.NFT_MSG_GETTABLE);
    private readonly MessageBuffer _chains = Get(NFT_MSG.NFT_MSG_GETCHAIN);
    private readonly MessageBuffer _sets = Get(NFT_MSG.NFT_MSG_GETSET);
    private readonly MessageBuffer _objects = Get(NFT_MSG.NFT_MSG_GETOBJ);
    private readonly MessageBuffer _flowtables = Get(NFT_MSG.NFT_MSG_GETFLOWTABLE);
    private readonly MessageBuffer _rules = Get(NFT_MSG.NFT_MSG_GETRULE);

    /// <summary>The whole ruleset.</summary>
    /// <param name="isExcluded">Tables to leave out, with all that is in them.</param>
    public RulesetImage Capture(Func<byte, string, bool> isExcluded)
    {
        var tables = Dump(_tables);
        if (tables.Count == 0)
            return new RulesetImage();
        var excluded = tables.Select(TableName.Of).Where(table => isExcluded(table.Family, table.Name)).ToHashSet();
        if (excluded.Count == tables.Count)
            return new RulesetImage();
        var sets = Dump(_sets, excluded);
        var elements = new List<byte[]>();
        foreach (var set in sets)
            elements.AddRange(Dump(ElementsOf(set)));
        return new RulesetImage
        {
            Tables = tables.FindAll(table => !excluded.Contains(TableName.Of(table))),
            Chains = Dump(_chains, excluded),
            Sets = sets,
            Elements = elements,
            Objects = Dump(_objects, excluded),
            Flowtables = Dump(_flowtables, excluded),
            Rules = Dump(_rules, excluded),
        };
    }

    private static MessageBuffer Get(NFT_MSG operation) => RouteMessages.Request(NfTables.TypeOf(operation), MessageFlags.None, default(nfgenmsg));

    private static MessageBuffer ElementsOf(byte[] set)
    {
        var captured = Captured<nfgenmsg>.Parse(set);
        var request = new MessageBuffer();
        using (request.Begin(NfTables.TypeOf(NFT_MSG.NFT_MSG_GETSETELEM), MessageFlags.None))
        {
            request.WriteFixedHeader(new nfgenmsg(captured.Header.nfgen_family));
            request.Attributes.Write(NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_TABLE, captured.Text(NFTA_SET.NFTA_SET_TABLE) ?? "");
            request.Attributes.Write(NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_SET, captured.Text(NFTA_SET.NFTA_SET_NAME) ?? "");
        }

        return request;
    }

    private List<byte[]> Dump(MessageBuffer request) => socket.Dump(request, message => message.ToArray());

    private List<byte[]> Dump(MessageBuffer request, HashSet<TableName> excluded)
    {
        var all = Dump(request);
        return excluded.Count == 0 ? all : all.FindAll(message => !excluded.Contains(TableName.Of(message)));
    }
}

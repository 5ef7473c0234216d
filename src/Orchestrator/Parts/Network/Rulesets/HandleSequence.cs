using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network.Rulesets;

/// <summary>Foretells the handles of one table. The kernel numbers chains, rules, sets, objects and flowtables of a table together, from 1; a
/// gap, left by what was deleted, is made again by rules that are added and deleted in the same batch.</summary>
internal sealed class HandleSequence(TableName table, RulesetBatch batch)
{
    private const ulong LargestGap = 4096;
    private readonly Dictionary<ulong, ulong> _given = [];
    private ulong _next = 1;

    /// <summary>Makes the kernel's next handle the captured one, if it is not too far away; to be called before the operation is added.</summary>
    public void Reach(ulong captured)
    {
        if (captured > _next && captured - _next <= LargestGap)
            Skip(captured - _next);
        _given[captured] = _next++;
    }

    /// <summary>The handle that what had the captured one has now.</summary>
    public ulong Now(ulong captured) => _given[captured];

    private void Skip(ulong count)
    {
        var chain = $"lxcnative-gap-{_next}";
        var name = RulesetAttributes.Text((ushort)NFTA_CHAIN.NFTA_CHAIN_NAME, chain);
        var tableName = RulesetAttributes.Text((ushort)NFTA_CHAIN.NFTA_CHAIN_TABLE, table.Name);
        batch.Add(NFT_MSG.NFT_MSG_NEWCHAIN, MessageFlags.Create, table.Family, [tableName, name], "a gap in the handles");
        for (ulong rule = 1; rule < count; rule++)
        {
            batch.Add(
                NFT_MSG.NFT_MSG_NEWRULE,
                MessageFlags.Create | MessageFlags.Append,
                table.Family,
                [RulesetAttributes.Text((ushort)NFTA_RULE.NFTA_RULE_TABLE, table.Name), RulesetAttributes.Text((ushort)NFTA_RULE.NFTA_RULE_CHAIN, chain)],
                "a gap in the handles");
        }

        batch.Add(NFT_MSG.NFT_MSG_DELCHAIN, MessageFlags.None, table.Family, [tableName, name], "a gap in the handles");
        _next += count;
    }
}

using LxcNative.Native.Handles;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network.Rulesets;

/// <summary>Replays a captured ruleset into a new namespace, so that names, order, handles and the values of counters are as they were.</summary>
/// <remarks>What refers to something was made after it and has the higher handle, so the order of the handles is an order that the kernel
/// accepts.</remarks>
internal sealed class RulesetRebuild
{
    private const ulong LargestTableGap = 1024;
    private readonly FileDescriptor _netns;
    private readonly List<Captured<nfgenmsg>> _tables;
    private readonly RulesetImage _ruleset;
    private uint _setId;

    /// <summary>Reads the ruleset.</summary>
    /// <param name="ruleset">What was captured.</param>
    /// <param name="netns">Where it goes; stays the caller's.</param>
    public RulesetRebuild(RulesetImage ruleset, FileDescriptor netns)
    {
        _ruleset = ruleset;
        _netns = netns;
        _tables = [.. Captured<nfgenmsg>.Parse(ruleset.Tables).OrderBy(RulesetAttributes.Handle)];
    }

    /// <summary>Makes the tables, empty. Their handles count for the whole namespace.</summary>
    /// <exception cref="RulesetRebuildException">The kernel refused one.</exception>
    public void MakeTables()
    {
        var batch = new RulesetBatch();
        ulong next = 1;
        foreach (var table in _tables)
        {
            var handle = RulesetAttributes.Handle(table);
            if (handle > next && handle - next <= LargestTableGap)
            {
                for (; next < handle; next++)
                {
                    var name = RulesetAttributes.Text((ushort)NFTA_TABLE.NFTA_TABLE_NAME, $"lxcnative-gap-{next}");
                    batch.Add(NFT_MSG.NFT_MSG_NEWTABLE, MessageFlags.Create, table.Header.nfgen_family, [name], "a gap in the handles");
                    batch.Add(NFT_MSG.NFT_MSG_DELTABLE, MessageFlags.None, table.Header.nfgen_family, [name], "a gap in the handles");
                }
            }

            batch.Add(NFT_MSG.NFT_MSG_NEWTABLE, MessageFlags.Create, table.Header.nfgen_family, RulesetAttributes.Settings(table),
                $"table {TableName.Of(table).Name}");
            next++;
        }

        if (!batch.IsEmpty)
            batch.Execute(_netns);
    }

    /// <summary>Fills them.</summary>
    /// <exception cref="RulesetRebuildException">The kernel refused a part; the tables stay empty.</exception>
    public void Fill()
    {
        var batch = new RulesetBatch();
        var sequences = _tables.ToDictionary(TableName.Of, table => new HandleSequence(TableName.Of(table), batch));
        var elements = Captured<nfgenmsg>.Parse(_ruleset.Elements).ToLookup(SetOfElements);
        var rules = Captured<nfgenmsg>.Parse(_ruleset.Rules);
        var chains = Order(rules);
        var later = new List<Captured<nfgenmsg>>();
        foreach (var item in Items().Concat(rules).OrderBy(RulesetAttributes.Handle))
        {
            var table = TableName.Of(item);
            if (!sequences.TryGetValue(table, out var sequence))
                throw new NetlinkProtocolException($"something of a table \"{table.Name}\" that is not there");
            var handle = RulesetAttributes.Handle(item);
            sequence.Reach(handle);
            if ((NFT_MSG)(item.Type & 0xff) == NFT_MSG.NFT_MSG_NEWRULE)
                AddRule(batch, item, chains[ChainOf(item)].Place(handle, sequence));
            else if ((NFT_MSG)(item.Type & 0xff) == NFT_MSG.NFT_MSG_NEWSET)
                AddSet(batch, item, elements, later);
            else
                Add(batch, item);
        }

        foreach (var set in later)
            SetElements.Add(batch, set, elements[SetOf(set)]);
        if (!batch.IsEmpty)
            batch.Execute(_netns);
    }

    private static (TableName Table, string Name) SetOf(Captured<nfgenmsg> set) => (TableName.Of(set), set.Text(NFTA_SET.NFTA_SET_NAME) ?? "");

    private static (TableName Table, string Name) SetOfElements(Captured<nfgenmsg> elements) =>
        (TableName.Of(elements), elements.Text(NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_SET) ?? "");

    private static (TableName Table, string Name) ChainOf(Captured<nfgenmsg> rule) => (TableName.Of(rule), rule.Text(NFTA_RULE.NFTA_RULE_CHAIN) ?? "");

    private static Dictionary<(TableName Table, string Name), ChainOrder> Order(IEnumerable<Captured<nfgenmsg>> rules)
    {
        var chains = new Dictionary<(TableName, string), ChainOrder>();
        foreach (var rule in rules)
        {
            if (!chains.TryGetValue(ChainOf(rule), out var chain))
                chains.Add(ChainOf(rule), chain = new ChainOrder());
            chain.Note(RulesetAttributes.Handle(rule));
        }

        return chains;
    }

    private static void Add(RulesetBatch batch, Captured<nfgenmsg> item) => batch.Add(
        (NFT_MSG)(item.Type & 0xff), MessageFlags.Create, item.Header.nfgen_family, RulesetAttributes.Settings(item),
        $"{(NFT_MSG)(item.Type & 0xff)} {RulesetAttributes.Handle(item)}");

    private static void AddRule(RulesetBatch batch, Captured<nfgenmsg> rule, (MessageFlags Flags, OwnedAttribute? Position) place)
    {
        var attributes = RulesetAttributes.Settings(rule)
            .Select(attribute => attribute.Type == (ushort)NFTA_RULE.NFTA_RULE_EXPRESSIONS ? RuleExpressions.ForRequest(attribute) : attribute)
            .ToList();
        if (place.Position is { } position)
            attributes.Add(position);
        if (XtablesProtocol.Find(rule) is { } protocol)
            attributes.Add(protocol);
        batch.Add(NFT_MSG.NFT_MSG_NEWRULE, place.Flags, rule.Header.nfgen_family, attributes,
            $"rule {RulesetAttributes.Handle(rule)} of chain {ChainOf(rule).Name}");
    }

    private List<Captured<nfgenmsg>> Items() =>
        Captured<nfgenmsg>.Parse([.. _ruleset.Chains, .. _ruleset.Sets, .. _ruleset.Objects, .. _ruleset.Flowtables]);

    /// <summary>A constant set takes no elements any more once a rule uses it; the others get theirs when all chains and objects are there.</summary>
    private void AddSet(RulesetBatch batch, Captured<nfgenmsg> set, ILookup<(TableName Table, string Name), Captured<nfgenmsg>> elements,
        List<Captured<nfgenmsg>> later)
    {
        var flags = (NFT_SET)(set.Find(NFTA_SET.NFTA_SET_FLAGS)?.AsBigUInt32() ?? 0);
        batch.Add(
            NFT_MSG.NFT_MSG_NEWSET,
            MessageFlags.Create,
            set.Header.nfgen_family,
            RulesetAttributes.Settings(set).Append(RulesetAttributes.Number((ushort)NFTA_SET.NFTA_SET_ID, ++_setId)),
            $"set {SetOf(set).Name}");
        if ((flags & (NFT_SET.NFT_SET_ANONYMOUS | NFT_SET.NFT_SET_CONSTANT)) != 0)
            SetElements.Add(batch, set, elements[SetOf(set)]);
        else
            later.Add(set);
    }
}

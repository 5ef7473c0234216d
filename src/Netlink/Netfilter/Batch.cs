using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter;

/// <summary>Changes to nf_tables that are made all at once or not at all. Built before it is sent; may be sent again.</summary>
/// <remarks><code>
/// | BATCH_BEGIN | NEWTABLE | NEWCHAIN | ... , the last one asking for an acknowledgement | BATCH_END |
/// </code>Without BATCH_END the kernel checks everything and undoes it: that is <see cref="NetfilterSocket.Validate"/>.</remarks>
public sealed class Batch
{
    private readonly MessageBuffer _messages = new(1024);
    private readonly List<string> _operations = [];
    private int _last = -1;

    /// <summary>Makes an empty batch.</summary>
    /// <param name="generation">Refuse the batch with ERESTART when the rules are of another generation than this one; any when null.</param>
    public Batch(uint? generation = null)
    {
        using (_messages.Begin(NFNL_MSG.NFNL_MSG_BATCH_BEGIN, MessageFlags.Request))
        {
            WriteHeader(TableFamily.Unspecified, (ushort)NFNL_SUBSYS.NFNL_SUBSYS_NFTABLES);
            if (generation is { } id)
                _messages.AttributesIn<BigEndian>().Write(NFNL_BATCH.NFNL_BATCH_GENID, id);
        }
    }

    /// <summary>The changes, in words, in the order they were queued.</summary>
    public IReadOnlyList<string> Operations => _operations;

    /// <summary>Whether the batch is closed: nothing can be queued any more.</summary>
    public bool IsSealed { get; private set; }

    /// <summary>Whether every change asks for an acknowledgement, instead of the last one only. A refusal is answered in any case.</summary>
    public bool AcknowledgesEach { get; init; }

    internal MessageBuffer Messages => _messages;

    /// <summary>Queues a new table; with <paramref name="isNew"/> it must not exist yet (EEXIST).</summary>
    public Batch Add(Table table, bool isNew = false)
    {
        using (Begin(NFT_MSG.NFT_MSG_NEWTABLE, Creation(isNew), table.Family, $"add {table}"))
            table.Write(Writer);
        return this;
    }

    /// <summary>Queues a new chain, or a new policy of one that exists; with <paramref name="isNew"/> it must not exist yet (EEXIST).</summary>
    public Batch Add(Chain chain, bool isNew = false)
    {
        using (Begin(NFT_MSG.NFT_MSG_NEWCHAIN, Creation(isNew), chain.Family, $"add {chain}"))
            chain.Write(Writer);
        return this;
    }

    /// <summary>Queues a rule at the end of its chain, or behind the one at <see cref="Rule.Position"/>.</summary>
    public Batch Add(Rule rule) => Queue(rule, MessageFlags.Create | MessageFlags.Append, "add", isReplaced: false);

    /// <summary>Queues a rule at the head of its chain, or before the one at <see cref="Rule.Position"/>.</summary>
    public Batch Insert(Rule rule) => Queue(rule, MessageFlags.Create, "insert", isReplaced: false);

    /// <summary>Queues the replacement of the rule with the same <see cref="Rule.Handle"/>.</summary>
    public Batch Replace(Rule rule) => Queue(rule, MessageFlags.Replace, "replace", isReplaced: true);

    /// <summary>Queues the deletion of a table and all that is in it (ENOENT when it is not there).</summary>
    public Batch Delete(Table table) => Remove(NFT_MSG.NFT_MSG_DELTABLE, table, "delete");

    /// <summary>Queues the deletion of a table and all that is in it, if it is there (Linux 6.3).</summary>
    public Batch Destroy(Table table) => Remove(NFT_MSG.NFT_MSG_DESTROYTABLE, table, "destroy");

    /// <summary>Queues the deletion of a chain without rules (ENOENT when it is not there, EBUSY when it is in use).</summary>
    public Batch Delete(Chain chain) => Remove(NFT_MSG.NFT_MSG_DELCHAIN, chain, "delete");

    /// <summary>Queues the deletion of a chain, if it is there (Linux 6.3).</summary>
    public Batch Destroy(Chain chain) => Remove(NFT_MSG.NFT_MSG_DESTROYCHAIN, chain, "destroy");

    /// <summary>Queues the deletion of the rule with this <see cref="Rule.Handle"/>; of all rules of the chain when it has none.</summary>
    public Batch Delete(Rule rule) => Remove(NFT_MSG.NFT_MSG_DELRULE, rule, "delete");

    /// <summary>Queues the deletion of the rule with this <see cref="Rule.Handle"/>, if it is there (Linux 6.3).</summary>
    public Batch Destroy(Rule rule) => Remove(NFT_MSG.NFT_MSG_DESTROYRULE, rule, "destroy");

    /// <summary>Closes the batch with BATCH_END; sending does so by itself. Done early, sending has nothing left to build.</summary>
    /// <exception cref="InvalidOperationException">Nothing was queued.</exception>
    public void Seal()
    {
        if (IsSealed)
            return;
        if (_last < 0)
            throw new InvalidOperationException("the batch is empty");
        AcknowledgeLast();
        using (_messages.Begin(NFNL_MSG.NFNL_MSG_BATCH_END, MessageFlags.Request))
            WriteHeader(TableFamily.Unspecified, (ushort)NFNL_SUBSYS.NFNL_SUBSYS_NFTABLES);
        IsSealed = true;
    }

    internal void AcknowledgeLast()
    {
        var bytes = _messages.Patch(_last, MessageHeader.Size);
        var header = MessageHeader.Read(bytes);
        (header with { Flags = header.Flags | MessageFlags.Acknowledge }).Write(bytes);
    }

    private AttributeWriter<BigEndian> Writer => _messages.AttributesIn<BigEndian>();

    private static MessageFlags Creation(bool isNew) => isNew ? MessageFlags.Create | MessageFlags.Exclusive : MessageFlags.Create;

    private Batch Queue(Rule rule, MessageFlags flags, string verb, bool isReplaced)
    {
        using (Begin(NFT_MSG.NFT_MSG_NEWRULE, flags, rule.Family, $"{verb} {rule}"))
            rule.Write(Writer, isReplaced);
        return this;
    }

    private Batch Remove(NFT_MSG type, Table table, string verb)
    {
        using (Begin(type, MessageFlags.None, table.Family, $"{verb} {table}"))
            Writer.Write(NFTA_TABLE.NFTA_TABLE_NAME, table.Name);
        return this;
    }

    private Batch Remove(NFT_MSG type, Chain chain, string verb)
    {
        using (Begin(type, MessageFlags.None, chain.Family, $"{verb} {chain}"))
        {
            Writer.Write(NFTA_CHAIN.NFTA_CHAIN_TABLE, chain.Table);
            Writer.Write(NFTA_CHAIN.NFTA_CHAIN_NAME, chain.Name);
        }

        return this;
    }

    private Batch Remove(NFT_MSG type, Rule rule, string verb)
    {
        using (Begin(type, MessageFlags.None, rule.Family, $"{verb} {rule}"))
        {
            rule.WriteNames(Writer);
            if (rule.Handle is { } handle)
                Writer.Write(NFTA_RULE.NFTA_RULE_HANDLE, handle);
        }

        return this;
    }

    private MessageScope Begin(NFT_MSG operation, MessageFlags flags, TableFamily family, string description)
    {
        if (IsSealed)
            throw new InvalidOperationException("the batch is sealed");
        _operations.Add(description);
        _last = _messages.Length;
        var acknowledge = AcknowledgesEach ? MessageFlags.Acknowledge : MessageFlags.None;
        var scope = _messages.Begin(NetfilterSchema.TypeOf(operation), flags | MessageFlags.Request | acknowledge);
        WriteHeader(family);
        return scope;
    }

    private void WriteHeader(TableFamily family, ushort resourceId = 0) => _messages.WriteFixedHeader(new nfgenmsg((byte)family, resourceId));
}

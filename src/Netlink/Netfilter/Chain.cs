using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter;

/// <summary>A chain: a base chain where it has a <see cref="Hook"/>, otherwise one that only rules jump to.</summary>
/// <param name="Family">The family of its table.</param>
/// <param name="Table">The name of its table.</param>
/// <param name="Name">Its name, unique in the table.</param>
public sealed record Chain(TableFamily Family, string Table, string Name)
{
    /// <summary>Where a base chain is registered.</summary>
    public ChainHook? Hook { get; init; }

    /// <summary>The type of a base chain: <c>filter</c>, <c>nat</c> or <c>route</c>.</summary>
    public string Type { get; init; } = "filter";

    /// <summary>What a base chain does with packets that no rule decided on; only accept and drop. Accept when null.</summary>
    public Verdict? Policy { get; init; }

    /// <summary>NFT_CHAIN_* flags; null where the kernel sent none.</summary>
    public uint? Flags { get; init; }

    /// <summary>The kernel's number for it, in a chain that was read.</summary>
    public ulong? Handle { get; init; }

    /// <summary>How many rules and jumps use it, in a chain that was read.</summary>
    public uint UseCount { get; init; }

    /// <summary>Bytes that user space keeps with it (<see cref="UserdataComment"/>).</summary>
    public ReadOnlyMemory<byte> Userdata { get; init; }

    /// <summary>Attributes that this library does not know, counters among them.</summary>
    public IReadOnlyList<OwnedAttribute> Unknown { get; init; } = [];

    /// <inheritdoc />
    public override string ToString() => $"chain {Family.Keyword} {Table} {Name}";

    internal static Chain Parse(Message message)
    {
        var chain = new Chain((TableFamily)message.FixedHeader<nfgenmsg>().nfgen_family, "", "");
        List<OwnedAttribute> unknown = [];
        foreach (var attribute in message.Attributes<BigEndian>(NetfilterSchema.FixedHeaderLength))
        {
            switch ((NFTA_CHAIN)attribute.Type)
            {
                case NFTA_CHAIN.NFTA_CHAIN_TABLE:
                    chain = chain with { Table = attribute.AsString() };
                    break;
                case NFTA_CHAIN.NFTA_CHAIN_NAME:
                    chain = chain with { Name = attribute.AsString() };
                    break;
                case NFTA_CHAIN.NFTA_CHAIN_HANDLE:
                    chain = chain with { Handle = attribute.AsUInt64() };
                    break;
                case NFTA_CHAIN.NFTA_CHAIN_HOOK:
                    chain = chain with { Hook = ChainHook.Parse(attribute) };
                    break;
                case NFTA_CHAIN.NFTA_CHAIN_POLICY:
                    chain = chain with { Policy = new Verdict(attribute.AsInt32()) };
                    break;
                case NFTA_CHAIN.NFTA_CHAIN_TYPE:
                    chain = chain with { Type = attribute.AsString() };
                    break;
                case NFTA_CHAIN.NFTA_CHAIN_FLAGS:
                    chain = chain with { Flags = attribute.AsUInt32() };
                    break;
                case NFTA_CHAIN.NFTA_CHAIN_USE:
                    chain = chain with { UseCount = attribute.AsUInt32() };
                    break;
                case NFTA_CHAIN.NFTA_CHAIN_USERDATA:
                    chain = chain with { Userdata = attribute.Value.ToArray() };
                    break;
                case NFTA_CHAIN.NFTA_CHAIN_PAD:
                    break;
                default:
                    unknown.Add(attribute.ToOwned());
                    break;
            }
        }

        return chain with { Unknown = unknown };
    }

    internal void Write(AttributeWriter<BigEndian> writer)
    {
        writer.Write(NFTA_CHAIN.NFTA_CHAIN_TABLE, Table);
        writer.Write(NFTA_CHAIN.NFTA_CHAIN_NAME, Name);
        if (Hook is not null)
        {
            writer.Write(NFTA_CHAIN.NFTA_CHAIN_TYPE, Type);
            if (Policy is { } policy)
                writer.Write(NFTA_CHAIN.NFTA_CHAIN_POLICY, policy.Code);
            Hook.Write(writer);
        }

        if (Flags is { } flags)
            writer.Write(NFTA_CHAIN.NFTA_CHAIN_FLAGS, flags);
        if (!Userdata.IsEmpty)
            writer.Write(NFTA_CHAIN.NFTA_CHAIN_USERDATA, Userdata.Span);
        foreach (var attribute in Unknown)
            writer.Write(attribute);
    }
}

using LxcNative.Netlink.Netfilter.Expressions;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter;

/// <summary>A rule: expressions that run one after the other until one breaks off or gives a verdict.</summary>
/// <param name="Family">The family of its table.</param>
/// <param name="Table">The name of its table.</param>
/// <param name="Chain">The name of its chain.</param>
public sealed record Rule(TableFamily Family, string Table, string Chain)
{
    /// <summary>The expressions, in order.</summary>
    public IReadOnlyList<Expression> Expressions { get; init; } = [];

    /// <summary>The kernel's number for it; names the rule in delete and replace.</summary>
    public ulong? Handle { get; init; }

    /// <summary>In a rule that was read, the handle of the one before; in one that is added or inserted, of the one it goes behind or before.</summary>
    public ulong? Position { get; init; }

    /// <summary>Bytes that user space keeps with it (<see cref="UserdataComment"/>).</summary>
    public ReadOnlyMemory<byte> Userdata { get; init; }

    /// <summary>Attributes that this library does not know.</summary>
    public IReadOnlyList<OwnedAttribute> Unknown { get; init; } = [];

    /// <inheritdoc />
    public override string ToString() => $"rule {Family.Keyword} {Table} {Chain}{(Handle is { } handle ? $" handle {handle}" : "")}";

    internal static Rule Parse(Message message)
    {
        var rule = new Rule((TableFamily)message.FixedHeader<nfgenmsg>().nfgen_family, "", "");
        List<OwnedAttribute> unknown = [];
        foreach (var attribute in message.Attributes<BigEndian>(NetfilterSchema.FixedHeaderLength))
        {
            switch ((NFTA_RULE)attribute.Type)
            {
                case NFTA_RULE.NFTA_RULE_TABLE:
                    rule = rule with { Table = attribute.AsString() };
                    break;
                case NFTA_RULE.NFTA_RULE_CHAIN:
                    rule = rule with { Chain = attribute.AsString() };
                    break;
                case NFTA_RULE.NFTA_RULE_HANDLE:
                    rule = rule with { Handle = attribute.AsUInt64() };
                    break;
                case NFTA_RULE.NFTA_RULE_POSITION:
                    rule = rule with { Position = attribute.AsUInt64() };
                    break;
                case NFTA_RULE.NFTA_RULE_EXPRESSIONS:
                    rule = rule with { Expressions = ExpressionList.Parse(attribute) };
                    break;
                case NFTA_RULE.NFTA_RULE_USERDATA:
                    rule = rule with { Userdata = attribute.Value.ToArray() };
                    break;
                case NFTA_RULE.NFTA_RULE_PAD:
                    break;
                default:
                    unknown.Add(attribute.ToOwned());
                    break;
            }
        }

        return rule with { Unknown = unknown };
    }

    internal void WriteNames(AttributeWriter<BigEndian> writer)
    {
        writer.Write(NFTA_RULE.NFTA_RULE_TABLE, Table);
        writer.Write(NFTA_RULE.NFTA_RULE_CHAIN, Chain);
    }

    internal void Write(AttributeWriter<BigEndian> writer, bool isReplaced)
    {
        WriteNames(writer);
        if (isReplaced && Handle is { } handle)
            writer.Write(NFTA_RULE.NFTA_RULE_HANDLE, handle);
        if (!isReplaced && Position is { } position)
            writer.Write(NFTA_RULE.NFTA_RULE_POSITION, position);
        ExpressionList.Write(writer, NFTA_RULE.NFTA_RULE_EXPRESSIONS, Expressions);
        if (!Userdata.IsEmpty)
            writer.Write(NFTA_RULE.NFTA_RULE_USERDATA, Userdata.Span);
        foreach (var attribute in Unknown)
            writer.Write(attribute);
    }
}

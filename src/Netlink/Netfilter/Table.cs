using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter;

/// <summary>A table of nf_tables.</summary>
/// <param name="Family">Its family.</param>
/// <param name="Name">Its name, unique in the family.</param>
public sealed record Table(TableFamily Family, string Name)
{
    /// <summary>Flags.</summary>
    public TableFlags Flags { get; init; }

    /// <summary>The kernel's number for it, in a table that was read.</summary>
    public ulong? Handle { get; init; }

    /// <summary>How many chains, sets and objects it has, in a table that was read.</summary>
    public uint UseCount { get; init; }

    /// <summary>The port id of the socket that owns it, where <see cref="TableFlags.Owner"/> is set.</summary>
    public uint? OwnerPortId { get; init; }

    /// <summary>Bytes that user space keeps with it; nft keeps its comment there (<see cref="UserdataComment"/>).</summary>
    public ReadOnlyMemory<byte> Userdata { get; init; }

    /// <summary>Attributes that this library does not know.</summary>
    public IReadOnlyList<OwnedAttribute> Unknown { get; init; } = [];

    /// <inheritdoc />
    public override string ToString() => $"table {Family.Keyword} {Name}";

    internal static Table Parse(Message message)
    {
        var table = new Table((TableFamily)message.FixedHeader<nfgenmsg>().nfgen_family, "");
        List<OwnedAttribute> unknown = [];
        foreach (var attribute in message.Attributes<BigEndian>(NetfilterSchema.FixedHeaderLength))
        {
            switch ((NFTA_TABLE)attribute.Type)
            {
                case NFTA_TABLE.NFTA_TABLE_NAME:
                    table = table with { Name = attribute.AsString() };
                    break;
                case NFTA_TABLE.NFTA_TABLE_FLAGS:
                    table = table with { Flags = (TableFlags)attribute.AsUInt32() };
                    break;
                case NFTA_TABLE.NFTA_TABLE_USE:
                    table = table with { UseCount = attribute.AsUInt32() };
                    break;
                case NFTA_TABLE.NFTA_TABLE_HANDLE:
                    table = table with { Handle = attribute.AsUInt64() };
                    break;
                case NFTA_TABLE.NFTA_TABLE_USERDATA:
                    table = table with { Userdata = attribute.Value.ToArray() };
                    break;
                case NFTA_TABLE.NFTA_TABLE_OWNER:
                    table = table with { OwnerPortId = attribute.AsUInt32() };
                    break;
                case NFTA_TABLE.NFTA_TABLE_PAD:
                    break;
                default:
                    unknown.Add(attribute.ToOwned());
                    break;
            }
        }

        return table with { Unknown = unknown };
    }

    internal void Write(AttributeWriter<BigEndian> writer)
    {
        writer.Write(NFTA_TABLE.NFTA_TABLE_NAME, Name);
        writer.Write(NFTA_TABLE.NFTA_TABLE_FLAGS, (uint)Flags);
        if (!Userdata.IsEmpty)
            writer.Write(NFTA_TABLE.NFTA_TABLE_USERDATA, Userdata.Span);
        foreach (var attribute in Unknown)
            writer.Write(attribute);
    }
}

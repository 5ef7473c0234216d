using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter;

/// <summary>A set or a map, without its elements.</summary>
/// <param name="Family">The family of its table.</param>
/// <param name="Table">The name of its table.</param>
/// <param name="Name">Its name, unique in the table; <c>__set%d</c> and the like for anonymous ones.</param>
public sealed record Set(TableFamily Family, string Table, string Name)
{
    /// <summary>NFT_SET_* flags.</summary>
    public NFT_SET Flags { get; init; }

    /// <summary>The type of the key, as user space numbers it.</summary>
    public uint KeyType { get; init; }

    /// <summary>Bytes of a key.</summary>
    public uint KeyLength { get; init; }

    /// <summary>The kernel's number for it.</summary>
    public ulong? Handle { get; init; }

    /// <summary>All other attributes as they were received: data type, timeouts, description, userdata, expressions.</summary>
    public IReadOnlyList<OwnedAttribute> Other { get; init; } = [];

    /// <inheritdoc />
    public override string ToString() => $"set {Family.Keyword} {Table} {Name}";

    internal static Set Parse(Message message)
    {
        var set = new Set((TableFamily)message.FixedHeader<nfgenmsg>().nfgen_family, "", "");
        List<OwnedAttribute> other = [];
        foreach (var attribute in message.Attributes<BigEndian>(NetfilterSchema.FixedHeaderLength))
        {
            switch ((NFTA_SET)attribute.Type)
            {
                case NFTA_SET.NFTA_SET_TABLE:
                    set = set with { Table = attribute.AsString() };
                    break;
                case NFTA_SET.NFTA_SET_NAME:
                    set = set with { Name = attribute.AsString() };
                    break;
                case NFTA_SET.NFTA_SET_FLAGS:
                    set = set with { Flags = (NFT_SET)attribute.AsUInt32() };
                    break;
                case NFTA_SET.NFTA_SET_KEY_TYPE:
                    set = set with { KeyType = attribute.AsUInt32() };
                    break;
                case NFTA_SET.NFTA_SET_KEY_LEN:
                    set = set with { KeyLength = attribute.AsUInt32() };
                    break;
                case NFTA_SET.NFTA_SET_HANDLE:
                    set = set with { Handle = attribute.AsUInt64() };
                    break;
                case NFTA_SET.NFTA_SET_PAD:
                    break;
                default:
                    other.Add(attribute.ToOwned());
                    break;
            }
        }

        return set with { Other = other };
    }
}

using System.Net;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Neighbours;

/// <summary>A neighbour, or an entry of a bridge's forwarding database (RTM_NEWNEIGH). Reading and writing again keeps every attribute.</summary>
/// <remarks><code>
///  0       1       2               4                               8
/// +-------+-------+---------------+-------------------------------+
/// |family |   -   |       -       |          link index           |
/// +-------+-------+-------+-------+-------------------------------+
/// |     state     | flags | type  |                                   struct ndmsg
/// +---------------+-------+-------+
/// </code></remarks>
public sealed record Neighbour
{
    /// <summary>Makes an empty neighbour, to be filled by an initializer.</summary>
    public Neighbour()
    {
    }

    private Neighbour(Message message)
    {
        var header = message.FixedHeader<ndmsg>();
        Family = (AddressFamily)header.ndm_family;
        LinkIndex = header.ndm_ifindex;
        States = (NeighbourStates)header.ndm_state;
        Flags = header.ndm_flags;
        Type = header.ndm_type;
        List<OwnedAttribute> other = [];
        foreach (var attribute in message.Attributes(12))
        {
            switch ((NDA)attribute.Type)
            {
                // A forwarding database also has destinations (VXLAN), a neighbour table of DECnet would have others.
                case NDA.NDA_DST when attribute.Value.Length is 4 or 16:
                    Destination = attribute.AsIPAddress();
                    break;
                case NDA.NDA_LLADDR:
                    HardwareAddress = new HardwareAddress(attribute.Value);
                    break;
                case NDA.NDA_VLAN:
                    Vlan = attribute.AsUInt16();
                    break;
                case NDA.NDA_MASTER:
                    MasterIndex = attribute.AsInt32();
                    break;
                case NDA.NDA_PROTOCOL:
                    Protocol = attribute.AsByte();
                    break;
                case NDA.NDA_FLAGS_EXT:
                    ExtendedFlags = attribute.AsUInt32();
                    break;
                case NDA.NDA_CACHEINFO:
                    CacheInfo = attribute.As<nda_cacheinfo>();
                    break;
                case NDA.NDA_PROBES:
                    Probes = attribute.AsUInt32();
                    break;
                default:
                    other.Add(attribute.ToOwned());
                    break;
            }
        }

        Other = [.. other];
    }

    /// <summary>The address family; <see cref="AddressFamily.Bridge"/> for a forwarding database.</summary>
    public AddressFamily Family { get; init; }

    /// <summary>The link's index.</summary>
    public int LinkIndex { get; init; }

    /// <summary>NUD_*.</summary>
    public NeighbourStates States { get; init; }

    /// <summary>NTF_*.</summary>
    public byte Flags { get; init; }

    /// <summary>RTN_*.</summary>
    public byte Type { get; init; }

    /// <summary>NDA_DST: the address of the neighbour.</summary>
    public IPAddress? Destination { get; init; }

    /// <summary>NDA_LLADDR.</summary>
    public HardwareAddress? HardwareAddress { get; init; }

    /// <summary>NDA_VLAN.</summary>
    public ushort? Vlan { get; init; }

    /// <summary>NDA_MASTER: the bridge of a forwarding entry.</summary>
    public int? MasterIndex { get; init; }

    /// <summary>NDA_PROTOCOL: who made it.</summary>
    public byte? Protocol { get; init; }

    /// <summary>NDA_FLAGS_EXT.</summary>
    public uint? ExtendedFlags { get; init; }

    /// <summary>NDA_CACHEINFO: ages in hundredths of a second; the kernel's to say, never written.</summary>
    public nda_cacheinfo? CacheInfo { get; init; }

    /// <summary>NDA_PROBES: how often the kernel asked; never written.</summary>
    public uint? Probes { get; init; }

    /// <summary>Attributes that this library does not know.</summary>
    public ValueList<OwnedAttribute> Other { get; init; } = [];

    /// <summary>Reads an RTM_NEWNEIGH or RTM_DELNEIGH.</summary>
    /// <exception cref="Errors.NetlinkProtocolException">It is malformed.</exception>
    public static Neighbour Parse(Message message) => new(message);

    internal MessageBuffer ToRequest(RTM type, MessageFlags flags)
    {
        ndmsg header = new()
        {
            ndm_family = (byte)Family,
            ndm_ifindex = LinkIndex,
            ndm_state = (ushort)States,
            ndm_flags = Flags,
            ndm_type = Type,
        };
        return RequestBuilder.Build(type, flags, header, WriteAttributes);
    }

    private void WriteAttributes(AttributeWriter<HostEndian> attributes)
    {
        attributes.Write(NDA.NDA_DST, Destination);
        if (HardwareAddress is { } hardware)
            attributes.Write(NDA.NDA_LLADDR, hardware.Bytes);
        if (Vlan is { } vlan)
            attributes.Write(NDA.NDA_VLAN, vlan);
        if (MasterIndex is { } master)
            attributes.Write(NDA.NDA_MASTER, master);
        if (Protocol is { } protocol)
            attributes.Write(NDA.NDA_PROTOCOL, protocol);
        if (ExtendedFlags is { } extended)
            attributes.Write(NDA.NDA_FLAGS_EXT, extended);
        foreach (var attribute in Other)
            attributes.Write(attribute);
    }
}

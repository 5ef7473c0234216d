using System.Net;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Addresses;

/// <summary>An address of a link (RTM_NEWADDR). Reading and writing again keeps every attribute.</summary>
/// <remarks><code>
///  0       1       2       3       4                               8
/// +-------+-------+-------+-------+-------------------------------+
/// |family |prefix | flags | scope |          link index           |   struct ifaddrmsg
/// +-------+-------+-------+-------+-------------------------------+
/// </code></remarks>
public sealed record Address
{
    /// <summary>Makes an empty address, to be filled by an initializer.</summary>
    public Address()
    {
    }

    private Address(Message message)
    {
        var header = message.FixedHeader<ifaddrmsg>();
        Family = (AddressFamily)header.ifa_family;
        PrefixLength = header.ifa_prefixlen;
        Scope = header.ifa_scope;
        LinkIndex = (int)header.ifa_index;
        Flags = (AddressFlags)header.ifa_flags;
        List<OwnedAttribute> other = [];
        foreach (var attribute in message.Attributes(8))
        {
            switch ((IFA)attribute.Type)
            {
                case IFA.IFA_ADDRESS:
                    Peer = attribute.AsIPAddress();
                    break;
                case IFA.IFA_LOCAL:
                    Local = attribute.AsIPAddress();
                    break;
                case IFA.IFA_BROADCAST:
                    Broadcast = attribute.AsIPAddress();
                    break;
                case IFA.IFA_ANYCAST:
                    Anycast = attribute.AsIPAddress();
                    break;
                case IFA.IFA_LABEL:
                    Label = attribute.AsString();
                    break;
                case IFA.IFA_FLAGS:
                    Flags = (AddressFlags)attribute.AsUInt32();
                    break;
                case IFA.IFA_RT_PRIORITY:
                    RoutePriority = attribute.AsUInt32();
                    break;
                case IFA.IFA_PROTO:
                    Protocol = attribute.AsByte();
                    break;
                case IFA.IFA_CACHEINFO:
                    var info = attribute.As<ifa_cacheinfo>();
                    Lifetimes = new Lifetimes(info.ifa_prefered, info.ifa_valid, info.cstamp, info.tstamp);
                    break;
                default:
                    other.Add(attribute.ToOwned());
                    break;
            }
        }

        Other = [.. other];
    }

    /// <summary>The address family.</summary>
    public AddressFamily Family { get; init; }

    /// <summary>Leading bits of the network.</summary>
    public byte PrefixLength { get; init; }

    /// <summary>RT_SCOPE_*: 0 is global, 253 link, 254 host.</summary>
    public byte Scope { get; init; }

    /// <summary>The link's index.</summary>
    public int LinkIndex { get; init; }

    /// <summary>IFA_LOCAL: the address of this end; IPv6 has it on point-to-point addresses only.</summary>
    public IPAddress? Local { get; init; }

    /// <summary>IFA_ADDRESS: the other end of a point-to-point address, else the same as <see cref="Local"/>.</summary>
    public IPAddress? Peer { get; init; }

    /// <summary>IFA_BROADCAST.</summary>
    public IPAddress? Broadcast { get; init; }

    /// <summary>IFA_ANYCAST.</summary>
    public IPAddress? Anycast { get; init; }

    /// <summary>IFA_LABEL, as in <c>eth0:1</c>; IPv4 only.</summary>
    public string? Label { get; init; }

    /// <summary>IFA_FLAGS.</summary>
    public AddressFlags Flags { get; init; }

    /// <summary>IFA_CACHEINFO; for ever when null in a request.</summary>
    public Lifetimes? Lifetimes { get; init; }

    /// <summary>IFA_RT_PRIORITY: the metric of the route of the prefix.</summary>
    public uint? RoutePriority { get; init; }

    /// <summary>IFA_PROTO: who made it.</summary>
    public byte? Protocol { get; init; }

    /// <summary>Attributes that this library does not know.</summary>
    public ValueList<OwnedAttribute> Other { get; init; } = [];

    /// <summary>The address itself: <see cref="Local"/>, or <see cref="Peer"/> where there is no other.</summary>
    public IPAddress? Value => Local ?? Peer;

    /// <summary>An address as <c>ip address add PREFIX dev LINK</c> makes it.</summary>
    public static Address Of(int linkIndex, Prefix prefix) => new()
    {
        Family = IPAddressBytes.FamilyOf(prefix.Address),
        PrefixLength = prefix.Length,
        LinkIndex = linkIndex,
        Local = prefix.Address,
        Peer = prefix.Address,
    };

    /// <summary>Reads an RTM_NEWADDR or RTM_DELADDR.</summary>
    /// <exception cref="Errors.NetlinkProtocolException">It is malformed.</exception>
    public static Address Parse(Message message) => new(message);

    internal MessageBuffer ToRequest(RTM type, MessageFlags flags)
    {
        ifaddrmsg header = new()
        {
            ifa_family = (byte)Family,
            ifa_prefixlen = PrefixLength,
            ifa_flags = (byte)Flags,
            ifa_scope = Scope,
            ifa_index = (uint)LinkIndex,
        };
        return RequestBuilder.Build(type, flags, header, WriteAttributes);
    }

    private void WriteAttributes(AttributeWriter<HostEndian> attributes)
    {
        attributes.Write(IFA.IFA_LOCAL, Local);
        attributes.Write(IFA.IFA_ADDRESS, Peer);
        attributes.Write(IFA.IFA_BROADCAST, Broadcast);
        attributes.Write(IFA.IFA_ANYCAST, Anycast);
        if (Label is { } label)
            attributes.Write(IFA.IFA_LABEL, label);
        if ((uint)Flags > byte.MaxValue)
            attributes.Write(IFA.IFA_FLAGS, (uint)Flags);
        if (RoutePriority is { } priority)
            attributes.Write(IFA.IFA_RT_PRIORITY, priority);
        if (Protocol is { } protocol)
            attributes.Write(IFA.IFA_PROTO, protocol);
        if (Lifetimes is { } times)
        {
            ifa_cacheinfo info = new()
            {
                ifa_prefered = times.PreferredSeconds,
                ifa_valid = times.ValidSeconds,
                cstamp = times.Created,
                tstamp = times.Updated,
            };
            attributes.WriteStruct(IFA.IFA_CACHEINFO, info);
        }

        foreach (var attribute in Other)
            attributes.Write(attribute);
    }
}

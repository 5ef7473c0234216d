using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Parts.Network.Kinds;

namespace LxcNative.Orchestrator.Parts.Network.Capturing;

/// <summary>What of a captured link decides how it is rebuilt.</summary>
internal sealed class LinkFacts
{
    private LinkFacts(Captured<ifinfomsg> message)
    {
        Message = message;
        Index = message.Header.ifi_index;
        Name = message.Text(IFLA.IFLA_IFNAME) ?? "";
        Lower = (int?)message.Number(IFLA.IFLA_LINK);
        LowerNamespaceId = (int?)message.Number(IFLA.IFLA_LINK_NETNSID);
        Master = (int?)message.Number(IFLA.IFLA_MASTER);
        var info = message.Find(IFLA.IFLA_LINKINFO)?.AsList() ?? [];
        Kind = info.Find(attribute => attribute.Type == (ushort)IFLA_INFO.IFLA_INFO_KIND)?.AsText();
        Data = info.Find(attribute => attribute.Type == (ushort)IFLA_INFO.IFLA_INFO_DATA)?.AsList() ?? [];
        PortData = info.Find(attribute => attribute.Type == (ushort)IFLA_INFO.IFLA_INFO_SLAVE_DATA)?.AsList() ?? [];
        PortKind = info.Find(attribute => attribute.Type == (ushort)IFLA_INFO.IFLA_INFO_SLAVE_KIND)?.AsText();
    }

    /// <summary>The whole message.</summary>
    public Captured<ifinfomsg> Message { get; }

    /// <summary>The index.</summary>
    public int Index { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The kind; null for the loopback and for hardware.</summary>
    public string? Kind { get; }

    /// <summary>The attributes of the kind.</summary>
    public List<OwnedAttribute> Data { get; }

    /// <summary>One of them.</summary>
    public OwnedAttribute? Setting(ushort type) => Data.Find(data => data.Type == type);

    /// <summary>The kind of the master that it is a port of, or null.</summary>
    public string? PortKind { get; }

    /// <summary>Its settings as a port.</summary>
    public List<OwnedAttribute> PortData { get; }

    /// <summary>The link below, or the other end of a pair.</summary>
    public int? Lower { get; }

    /// <summary>The namespace that <see cref="Lower"/> counts in; null for its own.</summary>
    public int? LowerNamespaceId { get; }

    /// <summary>The master.</summary>
    public int? Master { get; }

    /// <summary>Whether it is the loopback, which every namespace has from the beginning.</summary>
    public bool IsLoopback => Index == 1 && Kind is null;

    /// <summary>Whether what is below it carries packets.</summary>
    public bool HasCarrier => (Message.Header.ifi_flags & (uint)IFF.IFF_LOWER_UP) != 0;

    /// <summary>Whether it is administratively up.</summary>
    public bool IsUp => (Message.Header.ifi_flags & (uint)IFF.IFF_UP) != 0;

    /// <summary>Whether it is one end of a pair.</summary>
    public bool IsPair => Kind == VethKind.KernelName;

    /// <summary>Whether it is one end of a pair whose other end is elsewhere.</summary>
    public bool HasPeerOutside => IsPair && (LowerNamespaceId is not null || Lower is null or 0);

    /// <summary>Whether it stands on a link of another namespace.</summary>
    public bool StandsOutside => !IsPair && Lower is not (null or 0) && LowerNamespaceId is not null;

    /// <summary>Takes the links apart.</summary>
    public static List<LinkFacts> Read(IEnumerable<byte[]> messages) => [.. Captured<ifinfomsg>.Parse(messages).Select(message => new LinkFacts(message))];
}

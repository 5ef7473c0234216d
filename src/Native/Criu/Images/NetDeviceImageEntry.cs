namespace LxcNative.Native.Criu.Images;

/// <summary>A link of the images (net_device_entry of images/netdev.proto).</summary>
internal sealed record NetDeviceImageEntry
{
    /// <summary>What it is.</summary>
    public NetDeviceKind Kind { get; init; }

    /// <summary>Its index.</summary>
    public uint Index { get; init; }

    /// <summary>Its MTU in bytes.</summary>
    public uint Mtu { get; init; }

    /// <summary>IFF_* flags.</summary>
    public uint Flags { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its hardware address; empty where it has none.</summary>
    public IReadOnlyList<byte> Address { get; init; } = [];

    /// <summary>The index of a veth's other end, in that end's namespace.</summary>
    public uint? PeerIndex { get; init; }

    /// <summary>criu's number of that namespace; null where the other end is outside of the images.</summary>
    public uint? PeerNamespaceId { get; init; }

    /// <summary>The index of the bridge it is a port of.</summary>
    public uint? Master { get; init; }

    internal static NetDeviceImageEntry Parse(ProtobufReader reader)
    {
        var device = new NetDeviceImageEntry();
        while (reader.Next())
        {
            device = reader.Field switch
            {
                1 => device with { Kind = (NetDeviceKind)reader.AsInt32() },
                2 => device with { Index = reader.AsUInt32() },
                3 => device with { Mtu = reader.AsUInt32() },
                4 => device with { Flags = reader.AsUInt32() },
                5 => device with { Name = reader.AsText() },
                7 => device with { Address = reader.AsBytes().ToArray() },
                12 => device with { PeerIndex = reader.AsUInt32() },
                13 => device with { PeerNamespaceId = reader.AsUInt32() },
                14 => device with { Master = reader.AsUInt32() },
                _ => device,
            };
        }
        reader.Require("net_device_entry", 1, 2, 3, 4, 5);
        return device;
    }
}

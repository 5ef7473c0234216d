using System.Net;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Restores.Clones;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>A captured network with other MACs: in the links themselves, and in the IPv6 addresses that were made of them (RFC 4291, EUI-64), wherever those
/// are.</summary>
internal static class ReaddressedNetwork
{
    /// <summary>The network of a clone.</summary>
    public static NetworkImage Of(NetworkImage image, IReadOnlyList<CloneDevice> devices)
    {
        var links = LinkFacts.Read(image.Links);
        var others = new Dictionary<int, CloneDevice>();
        foreach (var device in devices)
            if (links.Find(link => link.Name == device.Inside) is { } link)
                others[link.Index] = device;
        var made = new List<(byte[] Old, byte[] New)>();
        foreach (var address in Captured<ifaddrmsg>.Parse(image.Addresses))
            if (others.TryGetValue((int)address.Header.ifa_index, out var device) && address.Find(IFA.IFA_ADDRESS)?.Value.ToArray() is { Length: 16 } value
                && value.AsSpan(8).SequenceEqual(Identifier(device.FormerAddress)))
                made.Add((value, [.. value[..8], .. Identifier(device.Address)]));
        return image with
        {
            Links =
            [
                .. image.Links.Zip(links, (message, link) => others.TryGetValue(link.Index, out var device)
                    ? With(message, link.Message, attribute => attribute.Type == (ushort)IFLA.IFLA_ADDRESS
                        ? new OwnedAttribute(attribute.Type, HardwareAddress.Parse(device.Address).Bytes.ToArray()) : attribute)
                    : message),
            ],
            Addresses = [.. image.Addresses.Select(message => Exchanged<ifaddrmsg>(message, made))],
            Routes = [.. image.Routes.Select(message => Exchanged<rtmsg>(message, made))],
            ConnectionAddresses = [.. image.ConnectionAddresses.Where(address => made.All(one => new IPAddress(one.Old).ToString() != address))],
        };
    }

    private static byte[] Exchanged<THeader>(byte[] message, List<(byte[] Old, byte[] New)> made)
        where THeader : unmanaged
    {
        if (made.Count == 0)
            return message;
        var parsed = Captured<THeader>.Parse(message);
        return With(message, parsed, attribute => made.Find(one => attribute.Value.SequenceEqual(one.Old)) is { New: { } other }
            ? new OwnedAttribute(attribute.Type, other) : attribute);
    }

    private static byte[] With<THeader>(byte[] message, Captured<THeader> parsed, Func<OwnedAttribute, OwnedAttribute> exchange)
        where THeader : unmanaged
    {
        var attributes = parsed.Attributes.Select(exchange).ToList();
        return attributes.SequenceEqual(parsed.Attributes)
            ? message
            : RouteMessages.Request(parsed.Type, MessageFlags.None, parsed.Header, attributes).Written.ToArray();
    }

    private static byte[] Identifier(string mac)
    {
        var bytes = HardwareAddress.Parse(mac).Bytes;
        return [(byte)(bytes[0] ^ 2), bytes[1], bytes[2], 0xff, 0xfe, bytes[3], bytes[4], bytes[5]];
    }
}

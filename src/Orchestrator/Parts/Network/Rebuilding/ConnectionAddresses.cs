using System.Net;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Addresses;
using LxcNative.Netlink.Uapi;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>Gives the loopback device the addresses that TCP connections are from and that the namespace has not (any more), as long as connections are made:
/// the kernel connects no socket from an address that is not its own, and lets those go on that are connected.</summary>
internal sealed class ConnectionAddresses
{
    private const int Loopback = 1;
    private readonly RouteSocket _inside;
    private readonly List<Address> _added = [];

    private ConnectionAddresses(RouteSocket inside) => _inside = inside;

    /// <summary>The addresses that connections are from, as texts.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<ContainerSocket>? sockets) =>
        [.. (sockets ?? []).Where(socket => socket is { Protocol: "tcp", Peer: not null, Local: not null }).Select(socket => AddressOf(socket.Local!))
            .OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Adds those that are missing.</summary>
    /// <param name="inside">A socket in the namespace; stays the caller's, open as long as this object is used.</param>
    /// <param name="wanted">The addresses that connections are from.</param>
    /// <exception cref="NetlinkException">The kernel refused one.</exception>
    /// <exception cref="MalformedNetworkImageException">One is no address.</exception>
    public static ConnectionAddresses Add(RouteSocket inside, IReadOnlyList<string> wanted)
    {
        var addresses = new ConnectionAddresses(inside);
        if (wanted.Count == 0)
            return addresses;
        var present = inside.Addresses.List().Select(address => address.Value).OfType<IPAddress>().ToHashSet();
        foreach (var text in wanted)
        {
            if (!IPAddress.TryParse(text, out var address))
                throw new MalformedNetworkImageException($"\"{text}\" is no address that a connection could be from");
            // criu cannot connect from a link-local address: that is refused at the checkpoint. All of 127.0.0.0/8 is the loopback device's already.
            if (present.Contains(address) || IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal)
                continue;
            var temporary = Address.Of(Loopback, new Prefix(address, (byte)(address.GetAddressBytes().Length * 8))) with
            {
                Flags = (AddressFlags)(uint)(IFA_F.IFA_F_NODAD | IFA_F.IFA_F_NOPREFIXROUTE),
            };
            inside.Addresses.Add(temporary);
            addresses._added.Add(temporary);
        }

        return addresses;
    }

    /// <summary>Takes them away again.</summary>
    /// <exception cref="NetlinkException">The kernel refused it.</exception>
    public void Remove() => _added.ForEach(_inside.Addresses.Delete);

    private static string? AddressOf(string endpoint) => IPEndPoint.TryParse(endpoint, out var parsed)
        ? (parsed.Address.IsIPv4MappedToIPv6 ? parsed.Address.MapToIPv4() : parsed.Address).ToString()
        : null;
}

using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Addresses;
using LxcNative.Netlink.Routing.Routes;
using LxcNative.Netlink.Uapi;
using LxcNative.Orchestrator.Restores.Clones;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>Gives a rebuilt network other addresses, and keeps the routes that the kernel takes away with those before.</summary>
internal static class AddressExchange
{
    private const byte Universe = 0;

    /// <summary>Exchanges the addresses of the devices that have new ones, of those families that the new ones are of.</summary>
    /// <param name="netns">The namespace; stays the caller's.</param>
    /// <param name="devices">The devices.</param>
    /// <returns>Routes that cannot be had with the new addresses, in words.</returns>
    /// <exception cref="NetlinkException">The kernel refused an address.</exception>
    public static IReadOnlyList<string> Run(FileDescriptor netns, IReadOnlyList<CloneDevice> devices)
    {
        var lost = new List<string>();
        if (devices.All(device => device.Prefixes.Count == 0))
            return lost;
        using var inside = RouteSocket.OpenIn(netns);
        foreach (var device in devices)
        {
            var index = inside.Links.Get(device.Inside).Index;
            foreach (var family in device.Prefixes.Select(Prefix.Parse).GroupBy(prefix => prefix.Address.AddressFamily))
                lost.AddRange(Exchange(inside, index, device.Inside, [.. family]));
        }

        return lost;
    }

    private static List<string> Exchange(RouteSocket inside, int index, string name, IReadOnlyList<Prefix> wanted)
    {
        var made = wanted.Select(prefix => Of(index, name, prefix)).ToList();
        var old = inside.Addresses.List(index, made[0].Family).Where(address => address.Scope == Universe).ToList();
        var routes = Routes(inside, made[0].Family).ToList();
        // With the first of a subnet the kernel takes those of the same one: a new one would go with it, if it came before.
        foreach (var address in old)
            TryDelete(inside, address);
        made.ForEach(inside.Addresses.Add);
        var present = Routes(inside, made[0].Family).Select(Identity).ToHashSet();
        var lost = new List<string>();
        // What leads to a gateway before what goes through it.
        foreach (var route in routes.OrderBy(route => route.Gateway is not null))
        {
            var kept = old.Any(address => address.Value!.Equals(route.PreferredSource)) ? route with { PreferredSource = wanted[0].Address } : route;
            if (present.Contains(Identity(kept)))
                continue;
            try
            {
                inside.Routes.Append(kept);
            }
            catch (NetlinkException e) when (e.Errno is Errno.ENETUNREACH or Errno.EHOSTUNREACH or Errno.EINVAL)
            {
                lost.Add($"route {kept} of {name} cannot be had with the addresses {string.Join(", ", wanted)}: {e.Errno}");
            }
        }

        return lost;
    }

    private static void TryDelete(RouteSocket inside, Address address)
    {
        try
        {
            inside.Addresses.Delete(address);
        }
        catch (NetlinkException e) when (e.Errno == Errno.EADDRNOTAVAIL)
        {
            // It went with another one.
        }
    }

    private static IEnumerable<Route> Routes(RouteSocket inside, AddressFamily family) =>
        inside.Routes.List(family).Where(route => route.Protocol != (byte)RTPROT.RTPROT_KERNEL).Select(route => route with { CacheInfo = null });

    private static string Identity(Route route) => $"{route} {route.OutputIndex} {route.Priority} {route.PreferredSource} {route.Type} {route.Tos}";

    private static Address Of(int index, string name, Prefix prefix)
    {
        var address = Address.Of(index, prefix);
        return address.Family == AddressFamily.IPv6
            // Whoever connects to it need not wait for the detection of duplicates.
            ? address with { Flags = (AddressFlags)(uint)IFA_F.IFA_F_NODAD }
            : address with { Label = name };
    }
}

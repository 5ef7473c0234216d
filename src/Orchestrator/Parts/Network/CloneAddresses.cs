using System.Net;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Uapi;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Restores.Clones;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>The addresses that a clone would have together with its original.</summary>
/// <param name="Kept">Those of the original's devices that no new one of the same family takes the place of. Addresses of a link alone are not among them:
/// those that are made of the MAC (EUI-64) are made of the new one, and others are kept.</param>
/// <param name="Named">Those, MACs too, that are to be the clone's own and are the original's.</param>
internal sealed record CloneAddresses(IReadOnlyList<string> Kept, IReadOnlyList<string> Named)
{
    /// <summary>Finds them.</summary>
    public static CloneAddresses Of(string imagesDirectory, Clone clone)
    {
        try
        {
            return Of(NetworkImageFile.ReadFile(Path.Combine(imagesDirectory, NetworkImageFile.Name)), clone);
        }
        catch (Exception e) when (e is IOException or MalformedNetworkImageException or NetlinkProtocolException)
        {
            // That it is damaged is another's finding.
            return new CloneAddresses([], []);
        }
    }

    /// <summary>Finds them in a captured network.</summary>
    internal static CloneAddresses Of(NetworkImage image, Clone clone)
    {
        var kept = ReaddressedNetwork.Of(image, clone.Devices).Addresses.Where((message, number) => message.AsSpan().SequenceEqual(image.Addresses[number]));
        var addresses = Captured<ifaddrmsg>.Parse(kept).Where(address => address.Header.ifa_scope == 0).ToLookup(one => (int)one.Header.ifa_index);
        var all = Captured<ifaddrmsg>.Parse(image.Addresses).Select(one => one.Address).OfType<IPAddress>().ToHashSet();
        return new CloneAddresses(
            [
                .. from link in LinkFacts.Read(image.Links)
                   let device = clone.Device(link.Name)
                   where device is not null
                   from address in addresses[link.Index]
                   let shown = address.Address
                   where shown is not null && device.Prefixes.All(prefix => Prefix.Parse(prefix).Address.AddressFamily != shown.AddressFamily)
                   select shown.ToString(),
            ],
            [
                .. clone.Devices.SelectMany(device => device.Prefixes).Select(prefix => Prefix.Parse(prefix).Address).Where(all.Contains)
                    .Select(address => address.ToString()),
                .. clone.Devices.Select(device => device.Address)
                    .Where(address => clone.Devices.Any(device => string.Equals(device.FormerAddress, address, StringComparison.OrdinalIgnoreCase))),
            ]);
    }
}

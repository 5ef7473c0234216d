using System.Net;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Uapi;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Restores.Clones;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>The addresses that a clone would have together with its original.</summary>
internal static class CloneAddresses
{
    /// <summary>Those of the original's devices that no new one of the same family takes the place of; addresses of a link alone are made of its MAC.</summary>
    public static IReadOnlyList<string> Twice(string imagesDirectory, Clone clone)
    {
        NetworkImage image;
        try
        {
            image = NetworkImageFile.Read(File.ReadAllBytes(Path.Combine(imagesDirectory, NetworkImageFile.Name)));
        }
        catch (Exception e) when (e is IOException or MalformedNetworkImageException)
        {
            // That it is damaged is another's finding.
            return [];
        }

        var kept = ReaddressedNetwork.Of(image, clone.Devices).Addresses.Where((message, number) => message.AsSpan().SequenceEqual(image.Addresses[number]));
        var addresses = Captured<ifaddrmsg>.Parse(kept).Where(address => address.Header.ifa_scope == 0).ToLookup(one => (int)one.Header.ifa_index);
        return
        [
            .. from link in LinkFacts.Read(image.Links)
               let device = clone.Device(link.Name)
               where device is not null
               from address in addresses[link.Index]
               let value = address.Find(IFA.IFA_LOCAL) ?? address.Find(IFA.IFA_ADDRESS)
               where value is { Value.Length: 4 or 16 }
               let shown = new IPAddress(value.Value)
               where device.Prefixes.All(prefix => Prefix.Parse(prefix).Address.AddressFamily != shown.AddressFamily)
               select shown.ToString(),
        ];
    }
}

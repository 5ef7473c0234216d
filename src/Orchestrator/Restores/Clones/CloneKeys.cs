using System.Globalization;
using System.Net;

namespace LxcNative.Orchestrator.Restores.Clones;

/// <summary>What of LXC's configuration is another for a clone.</summary>
internal static class CloneKeys
{
    private const int MostDevices = 64;

    /// <summary>The keys with their new values; an empty one clears.</summary>
    /// <param name="clone">The clone.</param>
    /// <param name="get">The original's value of a key; null where it has none.</param>
    public static IEnumerable<(string Key, string Value)> Of(Clone clone, Func<string, string?> get)
    {
        yield return ("lxc.rootfs.path", clone.RootItem);
        yield return ("lxc.uts.name", clone.HostName);
        for (var number = 0; number < MostDevices; number++)
        {
            var device = string.Create(CultureInfo.InvariantCulture, $"lxc.net.{number}.");
            var inside = get(device + "name") ?? string.Create(CultureInfo.InvariantCulture, $"eth{number}");
            if (get(device + "type") is null || clone.Device(inside) is not { } own)
                continue;
            yield return (device + "hwaddr", own.Address);
            // Of two with one name LXC could start only one.
            if (get(device + "veth.pair") is not null)
                yield return (device + "veth.pair", "");
            foreach (var (key, length) in ((string, int)[])[("ipv4.address", 4), ("ipv6.address", 16)])
                if (own.Prefixes.Where(prefix => IPAddress.Parse(prefix.Split('/')[0]).GetAddressBytes().Length == length).ToList() is { Count: > 0 } prefixes)
                    yield return (device + key, string.Join('\n', prefixes));
        }
    }
}

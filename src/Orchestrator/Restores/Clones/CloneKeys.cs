using System.Net;
using LxcNative.Orchestrator.Engines.Lxc.Configurations;

namespace LxcNative.Orchestrator.Restores.Clones;

/// <summary>What of LXC's configuration is another for a clone.</summary>
internal static class CloneKeys
{
    /// <summary>The keys with their new values; an empty one clears.</summary>
    /// <param name="clone">The clone.</param>
    /// <param name="get">The original's value of a key; null where it has none.</param>
    public static IEnumerable<(string Key, string Value)> Of(Clone clone, Func<string, string?> get)
    {
        yield return ("lxc.rootfs.path", clone.RootItem);
        yield return ("lxc.uts.name", clone.HostName);
        foreach (var device in NumberedDevice.Of(get))
        {
            if (clone.Device(device.Inside) is not { } own)
                continue;
            yield return (device.Key("hwaddr"), own.Address);
            // Of two with one name LXC could start only one.
            if (device.Get("veth.pair") is not null)
                yield return (device.Key("veth.pair"), "");
            foreach (var (key, length) in ((string, int)[])[("ipv4.address", 4), ("ipv6.address", 16)])
                if (own.Prefixes.Where(prefix => IPAddress.Parse(prefix.Split('/')[0]).GetAddressBytes().Length == length).ToList() is { Count: > 0 } prefixes)
                    yield return (device.Key(key), string.Join('\n', prefixes));
        }
    }
}

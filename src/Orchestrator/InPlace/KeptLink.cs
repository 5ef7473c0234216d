using System.Text.Json.Serialization;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Links;

namespace LxcNative.Orchestrator.InPlace;

/// <summary>The host's end of a link that outlives its container.</summary>
/// <remarks>LXC's monitor, and ours, removes it by its name when the container ends: until then it has another.</remarks>
/// <param name="Index">Its index.</param>
/// <param name="Name">Its name.</param>
internal sealed record KeptLink(int Index, string Name)
{
    /// <summary>The name that it has while its own is to be found by nobody; an index is one device's.</summary>
    [JsonIgnore]
    public string AsideName => $"lxcn-{Index:x}";

    /// <summary>Whether this kernel renames a device that is up, as it does from Linux 6.2 on: one that had to go down for it would lose its routes, and its
    /// IPv6 addresses.</summary>
    public static bool CanBeSetAside => CanBeSetAsideBy(Environment.OSVersion.Version);

    /// <summary>Gives it the name that nobody looks for.</summary>
    /// <exception cref="NetlinkException">The kernel refused it.</exception>
    public void SetAside(RouteSocket host) => Rename(host, Name, AsideName);

    /// <summary>Gives it its own name, if it has the other.</summary>
    /// <exception cref="NetlinkException">The kernel refused it.</exception>
    public void GiveBack(RouteSocket host) => Rename(host, AsideName, Name);

    /// <summary>Nothing comes back behind them: they are removed while their network is still locked, for it would answer with resets.</summary>
    /// <exception cref="NetlinkException">The kernel refused it.</exception>
    public static void CutOff(IEnumerable<KeptLink> links)
    {
        using var host = RouteSocket.Open();
        foreach (var link in links)
            link.Remove(host);
    }

    internal static bool CanBeSetAsideBy(Version kernel) => kernel >= new Version(6, 2);

    /// <summary>Removes it, under either name.</summary>
    /// <exception cref="NetlinkException">The kernel refused it.</exception>
    public void Remove(RouteSocket host)
    {
        if (host.Links.TryGet(Index, out var link) && (link.Name == AsideName || link.Name == Name))
            host.Links.DeleteIfThere(Index);
    }

    private void Rename(RouteSocket host, string from, string to)
    {
        if (!host.Links.TryGet(Index, out var link) || link.Name != from)
            return;
        host.Links.Change(Index, new LinkSpec { Name = to });
    }
}

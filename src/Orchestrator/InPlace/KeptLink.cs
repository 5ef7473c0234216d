using System.Text.Json.Serialization;
using LxcNative.Native.Errors;
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

    /// <summary>Gives it the name that nobody looks for.</summary>
    /// <exception cref="NetlinkException">The kernel refused it.</exception>
    public void SetAside(RouteSocket host) => Rename(host, Name, AsideName);

    /// <summary>Gives it its own name, if it has the other.</summary>
    /// <exception cref="NetlinkException">The kernel refused it.</exception>
    public void GiveBack(RouteSocket host) => Rename(host, AsideName, Name);

    /// <summary>Removes it, under either name.</summary>
    /// <exception cref="NetlinkException">The kernel refused it.</exception>
    public void Remove(RouteSocket host)
    {
        if (!host.Links.TryGet(Index, out var link) || (link.Name != AsideName && link.Name != Name))
            return;
        try
        {
            host.Links.Delete(Index);
        }
        catch (NetlinkException e) when (e.Errno == Errno.ENODEV)
        {
            // Its network was faster.
        }
    }

    private void Rename(RouteSocket host, string from, string to)
    {
        if (!host.Links.TryGet(Index, out var link) || link.Name != from)
            return;
        try
        {
            host.Links.Change(Index, new LinkSpec { Name = to });
        }
        catch (NetlinkException e) when (e.Errno == Errno.EBUSY)
        {
            // Before Linux 6.2 a device that is up has to go down for it.
            host.Links.SetDown(Index);
            try
            {
                host.Links.Change(Index, new LinkSpec { Name = to });
            }
            finally
            {
                host.Links.SetUp(Index);
            }
        }
    }
}

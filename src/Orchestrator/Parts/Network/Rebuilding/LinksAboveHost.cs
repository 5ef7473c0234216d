using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Parts.Network.Kinds;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>Makes links that stand on a link of the host: macvlan, ipvlan, VLAN. They are made there and moved, because only so they get their index.</summary>
/// <param name="netns">The namespace that they go into; stays the caller's.</param>
/// <param name="below">The host's link below each, by the name inside.</param>
internal sealed class LinksAboveHost(FileDescriptor netns, IReadOnlyDictionary<string, string> below)
{
    /// <summary>Makes one.</summary>
    /// <exception cref="NetlinkException">The kernel refused it.</exception>
    /// <exception cref="MalformedNetworkImageException">It is not said what it stands on.</exception>
    /// <exception cref="IOException">The host has no such link.</exception>
    public void Make(LinkFacts link)
    {
        if (!below.TryGetValue(link.Name, out var name))
            throw new MalformedNetworkImageException($"{link.Name} stands on a link of the host that is not named");
        using var host = RouteSocket.Open();
        if (!host.Links.TryGet(name, out var lower))
            throw new IOException($"there is no device {name} on the host, which {link.Name} of the container stands on");
        var temporary = CriuNetworkReturn.TemporaryName(Environment.ProcessId, link.Index);
        Create(host, link, temporary, lower.Index);
        var made = host.Links.Get(temporary).Index;
        try
        {
            host.Links.MoveTo(made, NetworkNamespace.Of(netns), link.Name, link.Index);
        }
        catch
        {
            host.Links.Delete(made);
            throw;
        }
    }

    private static void Create(RouteSocket host, LinkFacts link, string temporary, int lower)
    {
        List<OwnedAttribute> attributes =
        [
            .. LinkAttributes.ForCreation(link).Where(attribute => attribute.Type != (ushort)IFLA.IFLA_IFNAME),
            new OwnedAttribute((ushort)IFLA.IFLA_IFNAME, [.. System.Text.Encoding.ASCII.GetBytes(temporary), 0]),
            RouteMessages.Number(IFLA.IFLA_LINK, (uint)lower),
            LinkRebuild.LinkInfo(link.Kind!, (ushort)IFLA_INFO.IFLA_INFO_KIND, (ushort)IFLA_INFO.IFLA_INFO_DATA, LinkKinds.Rebuilt(link).Settings(link)),
        ];
        EndingNamespace.Await(
            () => host.Socket.Execute(RouteMessages.Request(RTM.RTM_NEWLINK, MessageFlags.Create | MessageFlags.Exclusive, default(ifinfomsg), attributes),
                $"link \"{link.Name}\" on the host's"),
            Errno.EBUSY,
            Errno.EEXIST);
    }
}

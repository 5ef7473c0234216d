using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.NetworkState.Uapi;

namespace LxcNative.Orchestrator.NetworkState.Rebuilding;

/// <summary>Makes permanent neighbours, proxies and the permanent entries of bridges again; what the kernel learnt it learns again.</summary>
internal sealed class NeighbourRebuild(NetlinkSocket socket)
{
    /// <summary>Neighbours and proxies of IPv4 and IPv6.</summary>
    /// <exception cref="NetlinkException">The kernel refused one.</exception>
    public void Apply(IEnumerable<byte[]> captured)
    {
        foreach (var neighbour in Captured<ndmsg>.Parse(captured).Where(IsConfigured))
            Send(neighbour, MessageFlags.Create | MessageFlags.Replace);
    }

    /// <summary>Entries of bridges' forwarding tables that somebody configured: the kernel makes those of the ports' own addresses by itself.</summary>
    /// <exception cref="NetlinkException">The kernel refused one.</exception>
    public void ApplyForwarding(IEnumerable<byte[]> captured)
    {
        var own = Dump().Select(Key).ToHashSet();
        foreach (var entry in Captured<ndmsg>.Parse(captured).Where(entry => IsStatic(entry) && !own.Contains(Key(entry))))
            Send(entry, MessageFlags.Create | MessageFlags.Exclusive);
    }

    private static bool IsConfigured(Captured<ndmsg> neighbour) =>
        (neighbour.Header.ndm_flags & (byte)NTF.NTF_PROXY) != 0 || (neighbour.Header.ndm_state & (ushort)NUD.NUD_PERMANENT) != 0;

    private static bool IsStatic(Captured<ndmsg> entry) =>
        (entry.Header.ndm_state & (ushort)(NUD.NUD_PERMANENT | NUD.NUD_NOARP)) != 0 && entry.Find(NDA.NDA_MASTER) is not null;

    private static string Key(Captured<ndmsg> entry) =>
        $"{entry.Header.ndm_ifindex} {entry.Find(NDA.NDA_LLADDR)} {entry.Find(NDA.NDA_VLAN)} {entry.Header.ndm_flags & (byte)NTF.NTF_SELF}";

    private List<Captured<ndmsg>> Dump() => Captured<ndmsg>.Parse(
        socket.Dump(RouteMessages.Request(RTM.RTM_GETNEIGH, MessageFlags.None, new ndmsg { ndm_family = NetworkNumbers.AF_BRIDGE }), message => message.ToArray()));

    private void Send(Captured<ndmsg> neighbour, MessageFlags flags)
    {
        var isBridge = neighbour.Header.ndm_family == NetworkNumbers.AF_BRIDGE;
        var header = neighbour.Header with { ndm_type = 0 };
        if (isBridge && (header.ndm_flags & (byte)(NTF.NTF_SELF | NTF.NTF_MASTER)) == 0)
            header.ndm_flags |= (byte)NTF.NTF_MASTER;
        var settings = neighbour.Attributes.Where(attribute => attribute.Type is not ((ushort)NDA.NDA_CACHEINFO or (ushort)NDA.NDA_PROBES or (ushort)NDA.NDA_MASTER));
        socket.Execute(RouteMessages.Request(RTM.RTM_NEWNEIGH, flags, header, settings), $"neighbour of link {header.ndm_ifindex}");
    }
}

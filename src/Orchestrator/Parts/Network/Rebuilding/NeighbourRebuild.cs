using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

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

    /// <summary>Entries of forwarding tables that somebody configured: the kernel makes those of a bridge's ports' own addresses by itself, and the
    /// one to the remote end that a VXLAN was made with.</summary>
    /// <remarks>A bridge has an address once: that of one without an address of its own is its port's, and is the bridge's when it is made again. A VXLAN
    /// has it once for each remote end.</remarks>
    /// <exception cref="NetlinkException">The kernel refused one.</exception>
    public void ApplyForwarding(IEnumerable<byte[]> captured)
    {
        var own = Dump().Select(Key).ToHashSet();
        foreach (var entry in Captured<ndmsg>.Parse(captured).Where(entry => IsStatic(entry) && !own.Contains(Key(entry))))
            Send(entry, MessageFlags.Create | (IsRemote(entry) ? MessageFlags.Append : MessageFlags.Exclusive));
    }

    private static bool IsConfigured(Captured<ndmsg> neighbour) =>
        (neighbour.Header.ndm_flags & (byte)NTF.NTF_PROXY) != 0 || (neighbour.Header.ndm_state & (ushort)NUD.NUD_PERMANENT) != 0;

    private static bool IsStatic(Captured<ndmsg> entry) =>
        (entry.Header.ndm_state & (ushort)(NUD.NUD_PERMANENT | NUD.NUD_NOARP)) != 0 && (entry.Find(NDA.NDA_MASTER) is not null || IsRemote(entry));

    private static bool IsRemote(Captured<ndmsg> entry) => entry.Find(NDA.NDA_DST) is not null;

    private static string Key(Captured<ndmsg> entry) => IsRemote(entry)
        ? $"{entry.Header.ndm_ifindex} {entry.Find(NDA.NDA_LLADDR)} {entry.Find(NDA.NDA_DST)} {entry.Find(NDA.NDA_PORT)} {entry.Find(NDA.NDA_VNI)}"
        : $"{entry.Find(NDA.NDA_MASTER)} {entry.Find(NDA.NDA_LLADDR)} {entry.Find(NDA.NDA_VLAN)} {entry.Header.ndm_flags & (byte)NTF.NTF_SELF}";

    private List<Captured<ndmsg>> Dump() => Captured<ndmsg>.Parse(
        socket.Dump(RouteMessages.Request(RTM.RTM_GETNEIGH, MessageFlags.None, new ndmsg { ndm_family = (byte)AddressFamily.Bridge }),
            message => message.ToArray()));

    /// <summary>The fixed header as a request has it.</summary>
    public static ndmsg Header(Captured<ndmsg> neighbour)
    {
        var isBridge = neighbour.Header.ndm_family == (byte)AddressFamily.Bridge;
        var header = neighbour.Header with { ndm_type = 0 };
        if (isBridge && (header.ndm_flags & (byte)(NTF.NTF_SELF | NTF.NTF_MASTER)) == 0)
            header.ndm_flags |= (byte)NTF.NTF_MASTER;
        return header;
    }

    /// <summary>The attributes as a request has them: without states.</summary>
    public static IEnumerable<OwnedAttribute> Settings(Captured<ndmsg> neighbour) => neighbour.Attributes
        .Where(attribute => attribute.Type is not ((ushort)NDA.NDA_CACHEINFO or (ushort)NDA.NDA_PROBES or (ushort)NDA.NDA_MASTER));

    private void Send(Captured<ndmsg> neighbour, MessageFlags flags) => socket.Execute(
        RouteMessages.Request(RTM.RTM_NEWNEIGH, flags, Header(neighbour), Settings(neighbour)), $"neighbour of link {neighbour.Header.ndm_ifindex}");
}

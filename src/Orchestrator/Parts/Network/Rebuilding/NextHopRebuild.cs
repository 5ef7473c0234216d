using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>Makes the nexthop objects again: single ones first, then the groups of them.</summary>
internal sealed class NextHopRebuild(NetlinkSocket socket)
{
    // Offload and trap are states; ONLINK is a setting (linux/rtnetlink.h).
    private const uint SettableFlags = (uint)RTNH_F.RTNH_F_ONLINK;

    // The others are states, or belong to what asks for a dump.
    private static readonly HashSet<NHA> Settings =
    [
        NHA.NHA_ID, NHA.NHA_GROUP, NHA.NHA_GROUP_TYPE, NHA.NHA_BLACKHOLE, NHA.NHA_OIF, NHA.NHA_GATEWAY, NHA.NHA_ENCAP_TYPE, NHA.NHA_ENCAP, NHA.NHA_FDB,
        NHA.NHA_RES_GROUP,
    ];

    /// <summary>Makes them.</summary>
    /// <exception cref="NetlinkException">The kernel refused one.</exception>
    public void Apply(IEnumerable<byte[]> captured)
    {
        foreach (var hop in Captured<nhmsg>.Parse(captured).OrderBy(hop => hop.Find(NHA.NHA_GROUP) is null ? 0 : 1))
        {
            socket.Execute(
                RouteMessages.Request(RTM.RTM_NEWNEXTHOP, MessageFlags.Create | MessageFlags.Exclusive, Header(hop),
                    hop.Attributes.Where(attribute => Settings.Contains((NHA)attribute.Type))),
                $"nexthop {hop.Find(NHA.NHA_ID)?.AsUInt32()}");
        }
    }

    // The scope of a nexthop is found by the kernel and refused in a request.
    private static nhmsg Header(Captured<nhmsg> hop) => hop.Header with { nh_scope = 0, nh_flags = hop.Header.nh_flags & SettableFlags };
}

using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.NetworkState.Uapi;

namespace LxcNative.Orchestrator.NetworkState.Rebuilding;

/// <summary>Makes the nexthop objects again: single ones first, then the groups of them.</summary>
internal sealed class NextHopRebuild(NetlinkSocket socket)
{
    // Offload and trap are states; ONLINK is a setting (linux/rtnetlink.h).
    private const uint SettableFlags = (uint)RTNH_F.RTNH_F_ONLINK;

    // linux/nexthop.h: ID, GROUP, GROUP_TYPE, BLACKHOLE, OIF, GATEWAY, ENCAP_TYPE, ENCAP, FDB, RES_GROUP; the others are states.
    private static readonly HashSet<ushort> Settings = [1, 2, 3, 4, 5, 6, 7, 8, 11, 12];

    /// <summary>Makes them.</summary>
    /// <exception cref="NetlinkException">The kernel refused one.</exception>
    public void Apply(IEnumerable<byte[]> captured)
    {
        foreach (var hop in Captured<nhmsg>.Parse(captured).OrderBy(hop => hop.Find(NetworkNumbers.NHA_GROUP) is null ? 0 : 1))
        {
            socket.Execute(
                RouteMessages.Request(RTM.RTM_NEWNEXTHOP, MessageFlags.Create | MessageFlags.Exclusive, Header(hop), hop.Attributes.Where(attribute => Settings.Contains(attribute.Type))),
                $"nexthop {hop.Find(NetworkNumbers.NHA_ID)?.AsUInt32()}");
        }
    }

    // The scope of a nexthop is found by the kernel and refused in a request.
    private static nhmsg Header(Captured<nhmsg> hop) => hop.Header with { nh_scope = 0, nh_flags = hop.Header.nh_flags & SettableFlags };
}

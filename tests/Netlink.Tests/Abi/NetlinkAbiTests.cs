using LxcNative.Netlink.Uapi;
using LxcNative.Testing.Abi;

namespace LxcNative.Netlink.Tests.Abi;

/// <summary>gcc and the machine's own headers prove every number that the kernel's netlink headers gave this assembly.</summary>
public class NetlinkAbiTests
{
    private static readonly Dictionary<string, AbiProgram> Programs = new()
    {
        ["netlink"] = new AbiProgram("linux/netlink.h")
            .Enumeration(typeof(NETLINK))
            .Enumeration(typeof(NLMSG))
            .Enumeration(typeof(NLMSGERR_ATTR))
            .Enumeration(typeof(NETLINK_OPTION))
            .Structure(typeof(sockaddr_nl), "struct sockaddr_nl"),
        ["message and attribute headers"] = new AbiProgram("linux/netlink.h")
            .Holds($"sizeof(struct nlmsghdr) == {Netlink.Wire.MessageHeader.Size}", "MessageHeader.Size")
            .Holds($"sizeof(struct nlattr) == {Netlink.Wire.AttributeHeader.Size}", "AttributeHeader.Size")
            .Holds($"offsetof(struct nlmsghdr, nlmsg_type) == {Netlink.Wire.MessageHeader.TypeOffset}", "MessageHeader.TypeOffset")
            .Holds($"NLA_F_NESTED == {Netlink.Wire.AttributeHeader.NestedFlag}", "NestedFlag")
            .Holds($"NLA_F_NET_BYTEORDER == {Netlink.Wire.AttributeHeader.NetByteOrderFlag}", "NetByteOrderFlag")
            .Holds($"(unsigned short)NLA_TYPE_MASK == {Netlink.Wire.AttributeHeader.TypeMask}", "TypeMask")
            .Enumeration(
                typeof(Netlink.Wire.MessageFlags),
                "NLM_F_",
                ("None", ""),
                ("Request", "NLM_F_REQUEST"),
                ("Multipart", "NLM_F_MULTI"),
                ("Acknowledge", "NLM_F_ACK"),
                ("Echo", "NLM_F_ECHO"),
                ("DumpInterrupted", "NLM_F_DUMP_INTR"),
                ("DumpFiltered", "NLM_F_DUMP_FILTERED"),
                ("Root", "NLM_F_ROOT"),
                ("Match", "NLM_F_MATCH"),
                ("Dump", "NLM_F_DUMP"),
                ("Replace", "NLM_F_REPLACE"),
                ("Exclusive", "NLM_F_EXCL"),
                ("Create", "NLM_F_CREATE"),
                ("Append", "NLM_F_APPEND"),
                ("NonRecursive", "NLM_F_NONREC"),
                ("Bulk", "NLM_F_BULK"),
                ("Capped", "NLM_F_CAPPED"),
                ("ExtendedAcknowledgement", "NLM_F_ACK_TLVS")),
        ["socket filters"] = new AbiProgram("linux/filter.h").Enumeration(typeof(BPF_CODE)).Structure(typeof(sock_filter), "struct sock_filter")
            .Structure(typeof(sock_fprog), "struct sock_fprog"),
        ["rtnetlink"] = new AbiProgram("linux/rtnetlink.h")
            .Enumeration(typeof(RTM))
            .Enumeration(typeof(RTA))
            .Enumeration(typeof(RTAX))
            .Enumeration(typeof(RTN))
            .Enumeration(typeof(RTPROT))
            .Enumeration(typeof(RT_SCOPE))
            .Enumeration(typeof(RT_TABLE))
            .Enumeration(typeof(RTM_F))
            .Enumeration(typeof(RTNH_F))
            .Enumeration(typeof(RTNLGRP))
            .Enumeration(typeof(RTEXT_FILTER))
            .Structure(typeof(ifinfomsg), "struct ifinfomsg")
            .Structure(typeof(rtmsg), "struct rtmsg")
            .Structure(typeof(rtnexthop), "struct rtnexthop")
            .Structure(typeof(rtgenmsg), "struct rtgenmsg")
            .Structure(typeof(rta_cacheinfo), "struct rta_cacheinfo")
            .Structure(typeof(tcmsg), "struct tcmsg")
            .Enumeration(typeof(TCA)),
        ["nexthop"] = new AbiProgram("linux/nexthop.h").Enumeration(typeof(NHA)).Structure(typeof(nhmsg), "struct nhmsg"),
        ["if_addrlabel"] = new AbiProgram("linux/if_addrlabel.h").Structure(typeof(ifaddrlblmsg), "struct ifaddrlblmsg"),
        ["xfrm"] = new AbiProgram("linux/xfrm.h").Enumeration(typeof(XFRM_MSG)),
        ["if_arp"] = new AbiProgram("linux/if_arp.h").Enumeration(typeof(ARPHRD)),
        ["if_link"] = new AbiProgram("linux/if_link.h")
            // What headers older than Linux 6.3 do not name is proved by use.
            .Enumeration(typeof(IFLA), "", (nameof(IFLA.IFLA_GSO_IPV4_MAX_SIZE), ""), (nameof(IFLA.IFLA_GRO_IPV4_MAX_SIZE), ""))
            .Enumeration(typeof(IFLA_XDP))
            .Enumeration(typeof(IFLA_INET))
            .Enumeration(typeof(IFLA_INET6))
            .Enumeration(typeof(IFLA_BR), "", (nameof(IFLA_BR.IFLA_BR_FDB_N_LEARNED), ""))
            .Enumeration(typeof(IFLA_BRPORT))
            .Enumeration(typeof(IFLA_INFO))
            .Enumeration(typeof(IFLA_VLAN))
            .Enumeration(typeof(IFLA_MACVLAN), "", (nameof(IFLA_MACVLAN.IFLA_MACVLAN_BC_CUTOFF), ""))
            .Enumeration(typeof(IFLA_VXLAN))
            .Enumeration(typeof(IFLA_IPVLAN))
            .Enumeration(typeof(IFLA_BOND))
            .Enumeration(typeof(MACVLAN_MODE))
            .Structure(
                typeof(ifla_bridge_id),
                "struct ifla_bridge_id",
                ("addr0", "addr[0]"),
                ("addr1", "addr[1]"),
                ("addr2", "addr[2]"),
                ("addr3", "addr[3]"),
                ("addr4", "addr[4]"),
                ("addr5", "addr[5]"))
            .Structure(typeof(ifla_vlan_flags), "struct ifla_vlan_flags")
            .Structure(typeof(rtnl_link_stats64), "struct rtnl_link_stats64"),
        ["if_addr"] = new AbiProgram("linux/if_addr.h")
            .Enumeration(typeof(IFA))
            .Enumeration(typeof(IFA_F))
            .Structure(typeof(ifaddrmsg), "struct ifaddrmsg")
            .Structure(typeof(ifa_cacheinfo), "struct ifa_cacheinfo"),
        ["neighbour"] = new AbiProgram("linux/types.h", "linux/neighbour.h")
            .Enumeration(typeof(NDA))
            .Enumeration(typeof(NTF))
            .Enumeration(typeof(NUD))
            .Structure(typeof(ndmsg), "struct ndmsg")
            .Structure(typeof(nda_cacheinfo), "struct nda_cacheinfo"),
        ["fib_rules"] = new AbiProgram("linux/types.h", "linux/fib_rules.h")
            .Enumeration(typeof(FRA))
            .Enumeration(typeof(FR_ACT))
            .Enumeration(typeof(FIB_RULE))
            .Structure(typeof(fib_rule_hdr), "struct fib_rule_hdr")
            .Structure(typeof(fib_rule_uid_range), "struct fib_rule_uid_range")
            .Structure(typeof(fib_rule_port_range), "struct fib_rule_port_range"),
        ["net_namespace"] = new AbiProgram("linux/net_namespace.h").Enumeration(typeof(NETNSA)),
        ["veth"] = new AbiProgram("linux/veth.h").Enumeration(typeof(VETH_INFO)),
        ["if_bridge"] = new AbiProgram("netinet/in.h", "linux/if_bridge.h")
            .Enumeration(typeof(IFLA_BRIDGE))
            .Enumeration(typeof(BRIDGE_VLAN_INFO))
            .Enumeration(typeof(BRIDGE_FLAGS))
            .Enumeration(typeof(BR_STATE))
            .Structure(typeof(bridge_vlan_info), "struct bridge_vlan_info"),
        ["if"] = new AbiProgram("linux/if.h").Enumeration(typeof(IFF)).Enumeration(typeof(IF_OPER)),
        ["address families"] = new AbiProgram("sys/socket.h").Enumeration(
            typeof(Netlink.Routing.AddressFamily), "", ("Unspecified", "AF_UNSPEC"), ("IPv4", "AF_INET"), ("Bridge", "AF_BRIDGE"), ("IPv6", "AF_INET6"),
            ("Mpls", "AF_MPLS")),
        ["public names of kernel flags"] = new AbiProgram("linux/types.h", "linux/if.h", "linux/rtnetlink.h", "linux/fib_rules.h")
            .Holds(Equal(Netlink.Routing.Links.LinkFlags.LowerUp, "IFF_LOWER_UP") + " && " + Equal(Netlink.Routing.Links.LinkFlags.NoArp, "IFF_NOARP"),
                "LinkFlags")
            .Holds(Equal(Netlink.Routing.Links.OperationalState.Up, "IF_OPER_UP"), "OperationalState")
            .Holds(Equal(Netlink.Routing.Addresses.AddressFlags.StablePrivacy, "IFA_F_STABLE_PRIVACY"), "AddressFlags")
            .Holds(Equal(Netlink.Routing.Neighbours.NeighbourStates.Permanent, "NUD_PERMANENT"), "NeighbourStates")
            .Holds(Equal(Netlink.Routing.Routes.RouteType.Throw, "RTN_THROW"), "RouteType")
            .Holds(Equal(Netlink.Routing.Rules.RuleAction.Prohibit, "FR_ACT_PROHIBIT"), "RuleAction"),
    };

    public static TheoryData<string> Names => [.. Programs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void NumbersAreThoseOfTheHeaders(string name) => Programs[name].Compile();

    [Fact]
    public void NothingOfTheAbiIsLeftUnproved() => Assert.Empty(AbiCoverage.Missing(typeof(RTM).Assembly, ["LxcNative.Netlink.Uapi"], Programs.Values));

    private static string Equal<T>(T value, string name)
        where T : struct, Enum => $"{Convert.ToUInt64(value)} == {name}";
}

using LxcNative.Netlink.Netfilter;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Testing.Abi;

namespace LxcNative.Netlink.Tests.Netfilter;

/// <summary>gcc and the machine's own headers prove the numbers of nf_tables. What is newer than Linux 6.1's headers is proved by use.</summary>
public sealed class NetfilterAbiTests
{
    private static readonly string[] s_headers = ["linux/types.h", "netinet/in.h", "linux/netfilter.h", "linux/netfilter_arp.h", "linux/netlink.h",
        "linux/netfilter/nfnetlink.h", "linux/netfilter/nf_tables.h", "linux/netfilter/nf_tables_compat.h",
        "linux/netfilter/nfnetlink_queue.h", "linux/netfilter/xt_NFQUEUE.h"];

    private static readonly AbiProgram s_program = new AbiProgram(s_headers)
        .Enumeration(typeof(NFNL_SUBSYS)).Enumeration(typeof(NFNL_MSG)).Enumeration(typeof(NFNL_BATCH)).Structure(typeof(nfgenmsg), "struct nfgenmsg")
        .Enumeration(
            typeof(NFT_MSG), "", ("NFT_MSG_GETRULE_RESET", ""), ("NFT_MSG_DESTROYTABLE", ""), ("NFT_MSG_DESTROYCHAIN", ""), ("NFT_MSG_DESTROYRULE", ""),
            ("NFT_MSG_DESTROYSET", ""), ("NFT_MSG_DESTROYSETELEM", ""), ("NFT_MSG_DESTROYOBJ", ""), ("NFT_MSG_DESTROYFLOWTABLE", ""))
        .Enumeration(typeof(NFT_TABLE_F), "", ("NFT_TABLE_F_PERSIST", ""))
        .Enumeration(typeof(NFTA_TABLE)).Enumeration(typeof(NFT_CHAIN)).Enumeration(typeof(NFTA_CHAIN)).Enumeration(typeof(NFTA_HOOK))
        .Enumeration(typeof(NFTA_RULE)).Enumeration(typeof(NFTA_LIST)).Enumeration(typeof(NFTA_EXPR)).Enumeration(typeof(NFTA_DATA))
        .Enumeration(typeof(NFTA_VERDICT)).Enumeration(typeof(NFT_VERDICT)).Enumeration(typeof(NFT_REG)).Enumeration(typeof(NFT_SET))
            .Enumeration(typeof(NFTA_SET))
        .Enumeration(typeof(NFTA_SET_ELEM_LIST)).Enumeration(typeof(NFTA_SET_ELEM)).Enumeration(typeof(NFTA_IMMEDIATE)).Enumeration(typeof(NFT_CMP))
        .Enumeration(typeof(NFTA_CMP)).Enumeration(typeof(NFT_BITWISE)).Enumeration(typeof(NFTA_BITWISE)).Enumeration(typeof(NFTA_LOOKUP))
        .Enumeration(typeof(NFT_PAYLOAD)).Enumeration(typeof(NFTA_PAYLOAD)).Enumeration(typeof(NFT_META)).Enumeration(typeof(NFTA_META))
        .Enumeration(typeof(NFT_CT)).Enumeration(typeof(NFTA_CT)).Enumeration(typeof(NFTA_COUNTER)).Enumeration(typeof(NFT_LIMIT_TYPE))
        .Enumeration(typeof(NFTA_LIMIT)).Enumeration(typeof(NFTA_GEN)).Enumeration(typeof(NFTA_DEVICE))
        .Enumeration(typeof(NFTA_RULE_COMPAT)).Enumeration(typeof(NFT_RULE_COMPAT_F)).Enumeration(typeof(NFT_SET_ELEM)).Enumeration(typeof(NFTA_EXTHDR))
        .Enumeration(typeof(NFTA_QUEUE)).Enumeration(typeof(NFTA_TARGET)).Structure(typeof(xt_NFQ_info), "struct xt_NFQ_info")
        .Enumeration(typeof(NFQNL_MSG)).Enumeration(typeof(NFQA)).Enumeration(typeof(NFQA_CFG)).Enumeration(typeof(NFQA_CFG_F))
            .Enumeration(typeof(NFQNL_CFG_CMD)).Enumeration(typeof(NFQNL_COPY))
        .Structure(typeof(nfqnl_msg_config_cmd), "struct nfqnl_msg_config_cmd").Structure(typeof(nfqnl_msg_config_params), "struct nfqnl_msg_config_params")
        .Structure(typeof(nfqnl_msg_verdict_hdr), "struct nfqnl_msg_verdict_hdr")
            .Holds($"NF_ACCEPT == {Verdict.Accept.Code} && NF_DROP == {Verdict.Drop.Code}", "Verdict")
        .Enumeration(
            typeof(TableFamily), "", ("Unspecified", "NFPROTO_UNSPEC"), ("Inet", "NFPROTO_INET"), ("IPv4", "NFPROTO_IPV4"), ("Arp", "NFPROTO_ARP"),
            ("Netdev", "NFPROTO_NETDEV"), ("Bridge", "NFPROTO_BRIDGE"), ("IPv6", "NFPROTO_IPV6"))
        .Enumeration(
            typeof(InetHook), "", ("Prerouting", "NF_INET_PRE_ROUTING"), ("Input", "NF_INET_LOCAL_IN"), ("Forward", "NF_INET_FORWARD"),
            ("Output", "NF_INET_LOCAL_OUT"), ("Postrouting", "NF_INET_POST_ROUTING"), ("Ingress", "NF_INET_INGRESS"))
        .Enumeration(typeof(NetdevHook), "", ("Ingress", "NF_NETDEV_INGRESS"), ("Egress", "NF_NETDEV_EGRESS"))
        .Enumeration(typeof(ArpHook), "", ("Input", "NF_ARP_IN"), ("Output", "NF_ARP_OUT"));

    [Fact]
    public void NumbersAreThoseOfTheHeaders() => s_program.Compile();

    [Fact]
    public void NothingOfTheAbiIsLeftUnproved() =>
        Assert.Empty(AbiCoverage.Missing(typeof(NFT_MSG).Assembly, ["LxcNative.Netlink.Netfilter.Uapi"], [s_program]));
}

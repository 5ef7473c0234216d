using System.Net;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Addresses;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Netlink.Routing.Routes;
using LxcNative.Netlink.Routing.Rules;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Testing;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Tests.Routing;

/// <summary>Bytes as iproute2 6.1 sends and the kernel answers them, taken with
/// <c>strace -e trace=sendmsg,recvmsg -e write=all -e read=all ip ...</c>. Sequence numbers and port ids are set to zero.</summary>
public class GoldenBytesTests
{
    [Fact]
    public void AddressAdd() => AssertSent(
        socket => socket.Addresses.Add(Address.Of(3, Prefix.Parse("10.1.2.3/24"))),

        // ip address add 10.1.2.3/24 dev left
        """
        28 00 00 00 14 00 05 06 00 00 00 00 00 00 00 00  // RTM_NEWADDR, REQUEST|ACK|EXCL|CREATE
        02 18 00 00 03 00 00 00                          // ifaddrmsg: AF_INET /24, link 3
        08 00 02 00 0a 01 02 03                          // IFA_LOCAL 10.1.2.3
        08 00 01 00 0a 01 02 03                          // IFA_ADDRESS 10.1.2.3
        """);

    [Fact]
    public void MultipathRouteAdd() => AssertSent(
        socket => socket.Routes.Add(new Route
        {
            Destination = Prefix.Parse("10.2.0.0/16"),
            NextHops =
            [
                new NextHop { LinkIndex = 3, Gateway = IPAddress.Parse("10.0.0.2"), Weight = 3 },
                new NextHop { LinkIndex = 3, Gateway = IPAddress.Parse("10.0.0.3") },
            ],
        }),

        // ip route add 10.2.0.0/16 nexthop via 10.0.0.2 dev left weight 3 nexthop via 10.0.0.3 dev left
        """
        48 00 00 00 18 00 05 06 00 00 00 00 00 00 00 00  // RTM_NEWROUTE, REQUEST|ACK|EXCL|CREATE
        02 10 00 00 fe 03 00 01 00 00 00 00              // rtmsg: AF_INET /16, main, boot, global, unicast
        08 00 01 00 0a 02 00 00                          // RTA_DST 10.2.0.0
        24 00 09 00                                      // RTA_MULTIPATH
        10 00 00 02 03 00 00 00                          //   rtnexthop: length 16, hops 2, link 3
        08 00 05 00 0a 00 00 02                          //     RTA_GATEWAY 10.0.0.2
        10 00 00 00 03 00 00 00                          //   rtnexthop: length 16, hops 0, link 3
        08 00 05 00 0a 00 00 03                          //     RTA_GATEWAY 10.0.0.3
        """);

    [Fact]
    public void VethAdd() => AssertSent(
        socket => socket.Links.AddVeth(new VethPair(new LinkSpec { Name = "v0" }, new LinkSpec { Name = "v1" })),

        // ip link add v0 type veth peer name v1; ip leaves out NLA_F_NESTED and the NUL of the kind
        """
        58 00 00 00 10 00 05 06 00 00 00 00 00 00 00 00  // RTM_NEWLINK, REQUEST|ACK|EXCL|CREATE
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  // ifinfomsg
        07 00 03 00 76 30 00 00                          // IFLA_IFNAME "v0"
        30 00 12 80                                      // IFLA_LINKINFO
        09 00 01 00 76 65 74 68 00 00 00 00              //   IFLA_INFO_KIND "veth"
        20 00 02 80                                      //   IFLA_INFO_DATA
        1c 00 01 80                                      //     VETH_INFO_PEER
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  //       ifinfomsg
        07 00 03 00 76 31 00 00                          //       IFLA_IFNAME "v1"
        """);

    [Fact]
    public void AddressOfADump()
    {
        // ip -4 address show dev left, after ip address add 10.0.0.1/24 dev left
        var address = Parsed(Address.Parse, """
            50 00 00 00 14 00 22 00 00 00 00 00 00 00 00 00  // RTM_NEWADDR, MULTI|DUMP_FILTERED
            02 18 80 00 03 00 00 00                          // ifaddrmsg: AF_INET /24, permanent, link 3
            08 00 01 00 0a 00 00 01                          // IFA_ADDRESS 10.0.0.1
            08 00 02 00 0a 00 00 01                          // IFA_LOCAL 10.0.0.1
            09 00 03 00 6c 65 66 74 00 00 00 00              // IFA_LABEL "left"
            08 00 08 00 80 00 00 00                          // IFA_FLAGS permanent
            14 00 06 00 ff ff ff ff ff ff ff ff              // IFA_CACHEINFO: for ever, for ever,
            cc 3a 05 00 cc 3a 05 00                          //   created and updated
            """);
        Assert.Equal(
            Address.Of(3, Prefix.Parse("10.0.0.1/24")) with
            {
                Label = "left",
                Flags = AddressFlags.Permanent,
                Lifetimes = new Lifetimes(Lifetimes.Forever, Lifetimes.Forever, 0x53acc, 0x53acc),
            },
            address);
    }

    [Fact]
    public void RuleOfADump()
    {
        // ip rule
        var rule = Parsed(Rule.Parse, """
            3c 00 00 00 20 00 02 00 00 00 00 00 00 00 00 00  // RTM_NEWRULE, MULTI
            02 00 00 00 fe 00 00 01 00 00 00 00              // fib_rule_hdr: AF_INET, main, to table
            08 00 0f 00 fe 00 00 00                          // FRA_TABLE main
            08 00 0e 00 ff ff ff ff                          // FRA_SUPPRESS_PREFIXLEN -1
            05 00 15 00 02 00 00 00                          // FRA_PROTOCOL kernel
            08 00 06 00 fe 7f 00 00                          // FRA_PRIORITY 32766
            """);
        Assert.Equal(new Rule { Table = 254, SuppressPrefixLength = -1, Protocol = 2, Priority = 32766 }, rule);
    }

    private static T Parsed<T>(MessageParser<T> parse, string bytes)
        where T : class
    {
        MessageReader reader = new(Hex.Parse(bytes));
        Assert.True(reader.MoveNext());
        return parse(reader.Current)!;
    }

    private static void AssertSent(Action<RouteSocket> act, string expected)
    {
        FakeKernel kernel = new(request => [FakeReply.Acknowledgement(request)]);
        using (RouteSocket socket = new(new NetlinkSocket(kernel, RouteSocket.Options)))
            act(socket);
        var sent = Assert.Single(kernel.Requests);
        sent.AsSpan(8, 8).Clear();
        Assert.Equal(Convert.ToHexStringLower(Hex.Parse(expected)), Convert.ToHexStringLower(sent));
    }
}

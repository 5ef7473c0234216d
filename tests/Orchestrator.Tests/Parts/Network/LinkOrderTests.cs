using System.Text;
using CsCheck;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Testing;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Parts.Network.Rebuilding;

namespace LxcNative.Orchestrator.Tests.Parts.Network;

/// <summary>Links are made and set up in an order that no kernel refuses, whatever the order in which they were captured.</summary>
public sealed class LinkOrderTests
{
    private const int HeaderLength = 16;

    // A stack of four, a second one beside it, a bridge with two ports, and a pair: what stands on a link may have the lower index.
    private static readonly (int Index, string Kind, int Lower, int Master)[] Links =
    [
        (40, "bridge", 0, 0), (12, "vlan", 40, 0), (30, "macvlan", 12, 0), (5, "vlan", 30, 0),
        (21, "dummy", 0, 0), (7, "macvlan", 21, 40), (9, "vlan", 7, 0),
        (14, "veth", 11, 40), (11, "veth", 14, 0), (6, "vlan", 11, 0),
    ];

    [Fact]
    public void WhatALinkStandsOnIsMadeBeforeIt() => Gen.Shuffle(Links).Sample(order =>
    {
        var made = new List<int>();
        foreach (var (index, isNew, _, peer) in Rebuild(order, rebuild => rebuild.Make(new Dictionary<string, HostNic>())).Where(step => step.IsNew))
            made.AddRange(peer is null ? [index] : [index, peer.Value]);
        Assert.Equal(Links.Select(link => link.Index).Order(), made.Order());
        Assert.All(Links.Where(link => link.Lower != 0 && link.Kind != "veth"),
            link => Assert.True(made.IndexOf(link.Lower) < made.IndexOf(link.Index), Told(order, made)));
    }, iter: 300);

    [Fact]
    public void ALinkGetsItsMasterWhenAllAreMade() => Gen.Shuffle(Links).Sample(order =>
    {
        var steps = Rebuild(order, rebuild => rebuild.Make(new Dictionary<string, HostNic>()));
        Assert.Equal(Links.Where(link => link.Master != 0).Select(link => (link.Index, link.Master)).Order(),
            steps.SkipWhile(step => step.IsNew).Select(step => (step.Index, step.Master ?? 0)).Order());
    }, iter: 50);

    [Fact]
    public void WhatALinkStandsOnIsSetUpBeforeIt() => Gen.Shuffle(Links).Sample(order =>
    {
        var up = Rebuild(order, rebuild => rebuild.SetUp()).ConvertAll(step => step.Index);
        Assert.Equal(Links.Select(link => link.Index).Order(), up.Order());
        Assert.All(Links.Where(link => link.Lower != 0 && link.Kind != "veth"),
            link => Assert.True(up.IndexOf(link.Lower) < up.IndexOf(link.Index), Told(order, up)));
    }, iter: 300);

    [Fact]
    public void TheCarrierOfWhatALinkStandsOnIsWaitedForBeforeIts() => Gen.Shuffle(Links).Sample(order =>
    {
        var asked = Rebuild(order, rebuild => rebuild.AwaitCarriers()).ConvertAll(step => step.Index);
        Assert.Equal(Links.Select(link => link.Index).Order(), asked.Order());
        Assert.All(Links.Where(link => link.Lower != 0 && link.Kind != "veth"),
            link => Assert.True(asked.IndexOf(link.Lower) < asked.IndexOf(link.Index), Told(order, asked)));
    }, iter: 300);

    private static string Told((int Index, string Kind, int Lower, int Master)[] order, List<int> done) =>
        $"captured as {string.Join(' ', order.Select(link => link.Index))}, done as {string.Join(' ', done)}";

    /// <summary>Runs a step of the rebuild with a kernel that agrees to everything.</summary>
    private static List<(int Index, bool IsNew, int? Master, int? Peer)> Rebuild((int Index, string Kind, int Lower, int Master)[] order,
        Action<LinkRebuild> step)
    {
        var kernel = new FakeKernel(request => request.Header.Type == (ushort)RTM.RTM_GETLINK
            ? [FakeReply.Of(request, (ushort)RTM.RTM_NEWLINK, [.. Message(Links[0]).Skip(HeaderLength)]), FakeReply.Acknowledgement(request)]
            : [FakeReply.Acknowledgement(request)]);
        using var inside = new RouteSocket(new NetlinkSocket(kernel));
        using var nowhere = new FileDescriptor(-1, ownsHandle: false);
        step(new LinkRebuild(inside, nowhere, LinkFacts.Read(order.Select(Message)), new LinksAboveHost(nowhere, new Dictionary<string, string>())));
        return kernel.Requests.ConvertAll(Read);
    }

    private static byte[] Message((int Index, string Kind, int Lower, int Master) link)
    {
        List<OwnedAttribute> attributes =
        [
            new((ushort)IFLA.IFLA_IFNAME, [.. Encoding.UTF8.GetBytes($"l{link.Index}"), 0]),
            LinkRebuild.LinkInfo(link.Kind, (ushort)IFLA_INFO.IFLA_INFO_KIND, (ushort)IFLA_INFO.IFLA_INFO_DATA, []),
        ];
        if (link.Lower != 0)
            attributes.Add(RouteMessages.Number(IFLA.IFLA_LINK, (uint)link.Lower));
        if (link.Master != 0)
            attributes.Add(RouteMessages.Number(IFLA.IFLA_MASTER, (uint)link.Master));
        return RouteMessages.Request(RTM.RTM_NEWLINK, MessageFlags.None, new ifinfomsg { ifi_index = link.Index, ifi_flags = (uint)IFF.IFF_UP },
            attributes).Written.ToArray();
    }

    private static (int Index, bool IsNew, int? Master, int? Peer) Read(byte[] request)
    {
        var message = LinkFacts.Read([request]).Single();
        var isNew = (Flags(request) & MessageFlags.Create) != 0;
        int? peer = message is { IsPair: true } && isNew
            ? BitConverter.ToInt32(message.Data.Single(data => (data.Type & 0x3fff) == (ushort)VETH_INFO.VETH_INFO_PEER).Value[4..])
            : null;
        return (message.Index, isNew, message.Master, peer);
    }

    // nlmsghdr: the length's 4 bytes, the type's 2, the flags' 2.
    private static MessageFlags Flags(byte[] request) => (MessageFlags)BitConverter.ToUInt16(request, 6);
}

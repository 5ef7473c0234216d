using System.Runtime.InteropServices;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter;
using LxcNative.Netlink.Routing.Addresses;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Netlink.Routing.Neighbours;
using LxcNative.Netlink.Routing.Routes;
using LxcNative.Netlink.SockDiag;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Parts.Network;
using Rule = LxcNative.Netlink.Routing.Rules.Rule;

namespace LxcNative.Fuzz.Targets;

/// <summary>The kernel's messages about a namespace whose links, rules and sockets are a container's.</summary>
internal static class NetlinkTargets
{
    private const int LongestHeader = 128;
    private static readonly NetworkImage s_captured = NetworkImageFile.Read(Corpus.File("network-image.json"));

    /// <summary>They.</summary>
    public static IReadOnlyList<FuzzTarget> List { get; } =
    [
        Of("links", s_captured.Links, message => Link.Parse(message)),
        Of("addresses", s_captured.Addresses, message => Address.Parse(message)),
        Of("routes", s_captured.Routes, message => Route.Parse(message)),
        Of("rules", s_captured.Rules, message => Rule.Parse(message)),
        Of("neighbours", [Zeros(12)], message => Neighbour.Parse(message)),
        Of("nft-tables", s_captured.Ruleset.Tables, message => Table.Parse(message)),
        Of("nft-chains", s_captured.Ruleset.Chains, message => Chain.Parse(message)),
        Of("nft-sets", s_captured.Ruleset.Sets, message => Set.Parse(message)),
        Of("nft-rules", s_captured.Ruleset.Rules, message => Netlink.Netfilter.Rule.Parse(message)),
        Of("inet-sockets", [Zeros(72)], message => InetSocketInfo.Parse(message, InetProtocol.Tcp)),
        Of("unix-sockets", [Zeros(16)], message => UnixSocketInfo.Parse(message)),
        Of("packet-sockets", [Zeros(16)], message => PacketSocketInfo.Parse(message)),
        Of("netlink-sockets", [Zeros(28)], message => NetlinkSocketInfo.Parse(message)),
    ];

    private delegate void MessageParser(Message message);

    private static FuzzTarget Of(string name, IReadOnlyList<byte[]> seeds, MessageParser parse) => new(name, seeds, input =>
    {
        foreach (var message in new MessageReader(input))
            parse(message);
    }, typeof(NetlinkProtocolException));

    // A message of a fixed header alone.
    private static byte[] Zeros(int headerLength)
    {
        var message = new byte[MessageHeader.Size + Math.Min(headerLength, LongestHeader)];
        MemoryMarshal.Write(message, message.Length);
        return message;
    }
}

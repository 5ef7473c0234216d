using System.Text.Json;
using LxcNative.Native.Files;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Uapi;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>The file that a captured network namespace is kept in, beside criu's images.</summary>
internal static class NetworkImageFile
{
    /// <summary>Its name in the image directory.</summary>
    public const string Name = "lxcnative-net.json";

    /// <summary>Whether a checkpoint has one: criu saved the network otherwise, if anybody did.</summary>
    public static bool IsIn(CheckpointManifest manifest) => manifest.Files.Any(file => file.Name == Name);

    /// <summary>The file's content.</summary>
    public static byte[] Write(NetworkImage image) => JsonSerializer.SerializeToUtf8Bytes(image, NetworkImageJson.Default.NetworkImage);

    /// <summary>Reads the file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <inheritdoc cref="Read" path="/exception" />
    public static NetworkImage ReadFile(string path) => Read(File.ReadAllBytes(path));

    /// <summary>Reads the file's content, which need not be trusted: every message in it is of the kind it should be and well-formed afterwards.</summary>
    /// <exception cref="MalformedNetworkImageException">It is not what it should be.</exception>
    public static NetworkImage Read(ReadOnlySpan<byte> content)
    {
        try
        {
            var image = JsonSerializer.Deserialize(content, NetworkImageJson.Default.NetworkImage)
                ?? throw new MalformedNetworkImageException($"{Name} is empty");
            if (image.Version != NetworkImage.CurrentVersion)
                throw new MalformedNetworkImageException($"{Name} is of version {image.Version}; this program reads version {NetworkImage.CurrentVersion}");
            Check(image);
            return image;
        }
        catch (Exception e) when (e is JsonException or NetlinkProtocolException or NotSupportedException or ArgumentException)
        {
            throw new MalformedNetworkImageException($"{Name}: {e.Message}", e);
        }
    }

    private static void Check(NetworkImage image)
    {
        Check<ifinfomsg>(image.Links, "links", (ushort)RTM.RTM_NEWLINK);
        Check<ifaddrmsg>(image.Addresses, "addresses", (ushort)RTM.RTM_NEWADDR);
        Check<rtmsg>(image.Routes, "routes", (ushort)RTM.RTM_NEWROUTE);
        Check<fib_rule_hdr>(image.Rules, "rules", (ushort)RTM.RTM_NEWRULE);
        Check<ndmsg>(image.Neighbours, "neighbours", (ushort)RTM.RTM_NEWNEIGH);
        Check<ndmsg>(image.ForwardingEntries, "forwardingEntries", (ushort)RTM.RTM_NEWNEIGH);
        Check<nhmsg>(image.NextHops, "nextHops", (ushort)RTM.RTM_NEWNEXTHOP);
        Check<ifaddrlblmsg>(image.AddressLabels, "addressLabels", (ushort)RTM.RTM_NEWADDRLABEL);
        var ruleset = image.Ruleset ?? throw new MalformedNetworkImageException($"{Name}: no ruleset");
        Check(ruleset.Tables, "tables", NFT_MSG.NFT_MSG_NEWTABLE);
        Check(ruleset.Chains, "chains", NFT_MSG.NFT_MSG_NEWCHAIN);
        Check(ruleset.Sets, "sets", NFT_MSG.NFT_MSG_NEWSET);
        Check(ruleset.Elements, "elements", NFT_MSG.NFT_MSG_NEWSETELEM);
        Check(ruleset.Objects, "objects", NFT_MSG.NFT_MSG_NEWOBJ);
        Check(ruleset.Flowtables, "flowtables", NFT_MSG.NFT_MSG_NEWFLOWTABLE);
        Check(ruleset.Rules, "rules", NFT_MSG.NFT_MSG_NEWRULE);
        foreach (var sysctl in image.Sysctls ?? throw new MalformedNetworkImageException($"{Name}: no sysctls"))
        {
            if (sysctl is not { Path: not null, Value: not null } || !PathScope.IsBelow(sysctl.Path))
                throw new MalformedNetworkImageException($"{Name}: \"{sysctl?.Path}\" is no setting of a network namespace");
        }
    }

    private static void Check(IReadOnlyList<byte[]> messages, string what, NFT_MSG type) => Check<nfgenmsg>(messages, what, NfTables.TypeOf(type));

    private static void Check<THeader>(IReadOnlyList<byte[]>? messages, string what, ushort type)
        where THeader : unmanaged
    {
        foreach (var message in messages ?? throw new MalformedNetworkImageException($"{Name}: no {what}"))
        {
            var parsed = Captured<THeader>.Parse(message ?? throw new MalformedNetworkImageException($"{Name}: a null among {what}"));
            if (parsed.Type != type)
                throw new MalformedNetworkImageException($"{Name}: a message of type {parsed.Type} among {what}");
        }
    }
}

using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Uapi;
using LxcNative.Orchestrator.NetworkState.Rulesets;
using LxcNative.Orchestrator.NetworkState.Uapi;

namespace LxcNative.Orchestrator.NetworkState.Capturing;

/// <summary>What in a captured namespace could not be rebuilt as it was.</summary>
internal static class ImageObstacles
{
    private static readonly HashSet<string> Rebuilt = ["veth", "dummy", "bridge", "macvlan", "vlan", "ipvlan", "ifb", "vrf"];

    // Devices that a tunnel module gives to every namespace by itself.
    private static readonly HashSet<string> Fallback = ["sit0", "tunl0", "gre0", "gretap0", "erspan0", "ip6tnl0", "ip6gre0", "ip_vti0", "ip6_vti0"];

    /// <summary>Names them; none when the namespace can be rebuilt.</summary>
    /// <param name="image">The namespace.</param>
    /// <param name="pairs">The veth devices whose other end the caller will make again.</param>
    public static List<string> Find(NetworkImage image, IReadOnlySet<string> pairs)
    {
        var links = LinkFacts.Read(image.Links);
        var known = links.Select(link => link.Index).ToHashSet();
        var obstacles = links.SelectMany(link => Judge(link, known, pairs)).ToList();
        foreach (var discipline in Captured<tcmsg>.Parse(image.QueueingDisciplines).Where(discipline => discipline.Header.tcm_handle != 0))
        {
            var name = links.Find(link => link.Index == discipline.Header.tcm_ifindex)?.Name ?? $"link {discipline.Header.tcm_ifindex}";
            obstacles.Add($"{name} has a queueing discipline of its own ({discipline.Text(TcaKind.TCA_KIND)})");
        }

        if (image.IpsecEntries > 0)
            obstacles.Add($"{image.IpsecEntries} IPsec states or policies");
        foreach (var table in Captured<nfgenmsg>.Parse(image.Ruleset.Tables))
        {
            if (((table.Find(NFTA_TABLE.NFTA_TABLE_FLAGS)?.AsBigUInt32() ?? 0) & (uint)NFT_TABLE_F.NFT_TABLE_F_OWNER) != 0)
                obstacles.Add($"the nf_tables table \"{TableName.Of(table).Name}\" belongs to a program's socket and would not survive");
        }

        return obstacles;
    }

    /// <summary>Whether a link is one that a module gives to every namespace.</summary>
    public static bool IsFallback(LinkFacts link) => Fallback.Contains(link.Name) && !link.IsUp;

    private static IEnumerable<string> Judge(LinkFacts link, HashSet<int> known, IReadOnlySet<string> pairs)
    {
        if (link.IsLoopback || IsFallback(link))
            yield break;
        if (link.Kind is null || !Rebuilt.Contains(link.Kind))
            yield return $"{link.Name} is of kind {link.Kind ?? "none (hardware)"}, which is left to criu";
        else if (link.HasPeerOutside && !pairs.Contains(link.Name))
            yield return $"{link.Name}: the other end of the pair is not on this host's side";
        else if (!link.HasPeerOutside && link.Lower is { } lower && lower != 0 && lower != link.Index && (link.LowerNamespaceId is not null || !known.Contains(lower)))
            yield return $"{link.Name} stands on a link outside";
        if (link.Master is { } master && !known.Contains(master))
            yield return $"{link.Name} belongs to a master outside";
        if (link.PortKind is { } port and not ("bridge" or "vrf"))
            yield return $"{link.Name} is a port of a {port}";
        if (link.Message.Find(IFLA.IFLA_XDP)?.Inner(NetworkNumbers.IFLA_XDP_ATTACHED) is { Value: [not 0, ..] })
            yield return $"{link.Name} runs an XDP program";
        if (link.Kind == "bridge" && link.Data.Find(data => data.Type == (ushort)IFLA_BR.IFLA_BR_VLAN_FILTERING) is { Value: [not 0] })
            yield return $"{link.Name} filters VLANs";
        if (link.Kind == "macvlan" && link.Data.Find(data => data.Type == (ushort)IFLA_MACVLAN.IFLA_MACVLAN_MACADDR_COUNT) is { } count && count.AsUInt32() != 0)
            yield return $"{link.Name} has a list of source addresses";
    }

    private enum TcaKind : ushort
    {
        TCA_KIND = 1,
    }
}

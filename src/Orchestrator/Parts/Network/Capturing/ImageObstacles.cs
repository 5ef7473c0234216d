using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Uapi;
using LxcNative.Orchestrator.Parts.Network.Kinds;
using LxcNative.Orchestrator.Parts.Network.Rulesets;

namespace LxcNative.Orchestrator.Parts.Network.Capturing;

/// <summary>What in a captured namespace could not be rebuilt as it was.</summary>
internal static class ImageObstacles
{
    /// <summary>Names them; none when the namespace can be rebuilt.</summary>
    /// <param name="image">The namespace.</param>
    /// <param name="pairs">The veth devices whose other end the caller will make again.</param>
    public static List<string> Find(NetworkImage image, IReadOnlySet<string> pairs)
    {
        var links = LinkFacts.Read(image.Links);
        var known = links.Select(link => link.Index).ToHashSet();
        var obstacles = links.SelectMany(link => Judge(link, known, pairs, image.Below)).ToList();
        foreach (var discipline in Captured<tcmsg>.Parse(image.QueueingDisciplines).Where(discipline => discipline.Header.tcm_handle != 0))
        {
            var name = links.Find(link => link.Index == discipline.Header.tcm_ifindex)?.Name ?? $"link {discipline.Header.tcm_ifindex}";
            obstacles.Add($"{name} has a queueing discipline of its own ({discipline.Text(TCA.TCA_KIND)})");
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

    private static IEnumerable<string> Judge(LinkFacts link, HashSet<int> known, IReadOnlySet<string> pairs, IReadOnlyDictionary<string, string> below)
    {
        if (link.IsLoopback || LinkKinds.IsFallback(link))
            yield break;
        var kind = LinkKinds.Find(link.Kind);
        if (kind is not { IsRebuilt: true })
            yield return $"{link.Name} is of kind {link.Kind ?? "none (hardware)"}, which is left to criu";
        else if (link.HasPeerOutside && !pairs.Contains(link.Name))
            yield return $"{link.Name}: the other end of the pair is not on this host's side";
        else if (link.StandsOutside ? !below.ContainsKey(link.Name) : !link.IsPair && link.Lower is { } lower and not 0 && lower != link.Index
            && !known.Contains(lower))
            yield return $"{link.Name} stands on a link outside that is not the host's";
        if (link.Master is { } master && !known.Contains(master))
            yield return $"{link.Name} belongs to a master outside";
        if (link.PortKind is { } port && LinkKinds.Find(port) is not { HasPorts: true })
            yield return $"{link.Name} is a port of a {port}";
        if (link.Message.Find(IFLA.IFLA_XDP)?.Inner((ushort)IFLA_XDP.IFLA_XDP_ATTACHED) is { Value: [not 0, ..] })
            yield return $"{link.Name} runs an XDP program";
        foreach (var obstacle in kind?.Obstacles(link) ?? [])
            yield return obstacle;
    }
}

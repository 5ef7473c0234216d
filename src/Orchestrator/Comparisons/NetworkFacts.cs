using System.Net;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Parts.Network.Rebuilding;
using LxcNative.Orchestrator.Parts.Network.Rulesets;

namespace LxcNative.Orchestrator.Comparisons;

/// <summary>What is set in a network namespace.</summary>
internal static class NetworkFacts
{
    // What counts and what comes from the time is no setting.
    private static readonly string[] s_counting = ["counter", "quota", "limit", "last", "connlimit"];

    /// <summary>Adds it.</summary>
    /// <param name="facts">Where to.</param>
    /// <param name="image">The namespace as it was captured.</param>
    public static void AddTo(Facts facts, NetworkImage image)
    {
        var links = new Dictionary<uint, string>();
        foreach (var link in LinkFacts.Read(image.Links))
            links[(uint)link.Index] = link.Name;
        foreach (var address in Captured<ifaddrmsg>.Parse(image.Addresses))
            facts.Add(Area.Addresses, $"{Name(links, address.Header.ifa_index)} {Text(address.Own)}"
                + $"/{address.Header.ifa_prefixlen}", $"scope {address.Header.ifa_scope}{Also(address, IFA.IFA_BROADCAST, " broadcast ")}"
                + $"{Also(address, IFA.IFA_LABEL, " label ")}");
        foreach (var route in Captured<rtmsg>.Parse(image.Routes).Where(route => !RouteRebuild.IsKernelsOwn(route)))
            facts.Add(Area.Routes, RouteIdentity.Describe(route), Describe(route, links));
        foreach (var rule in Captured<fib_rule_hdr>.Parse(image.Rules))
            facts.Add(Area.Rules, $"{FamilyOf(rule.Header.family)} {rule.Number(FRA.FRA_PRIORITY) ?? 0}",
                $"action {rule.Header.action} table {rule.Number(FRA.FRA_TABLE) ?? rule.Header.table} flags {rule.Header.flags} "
                + Rest(rule.Attributes, (ushort)FRA.FRA_PRIORITY, (ushort)FRA.FRA_TABLE));
        AddRuleset(facts, image.Ruleset);
        foreach (var sysctl in image.Sysctls)
            facts.Add(Area.Sysctls, sysctl.Path, sysctl.Value);
    }

    private static void AddRuleset(Facts facts, RulesetImage ruleset)
    {
        foreach (var table in Captured<nfgenmsg>.Parse(ruleset.Tables))
            facts.Add(Area.Rulesets, $"table {Shown(table)}", $"flags {Hex(table.Find(NFTA_TABLE.NFTA_TABLE_FLAGS))}");
        foreach (var chain in Captured<nfgenmsg>.Parse(ruleset.Chains))
            facts.Add(Area.Rulesets, $"chain {Shown(chain)} {chain.Text(NFTA_CHAIN.NFTA_CHAIN_NAME)}",
                $"type {chain.Text(NFTA_CHAIN.NFTA_CHAIN_TYPE)} hook {Hex(chain.Find(NFTA_CHAIN.NFTA_CHAIN_HOOK))} policy "
                + Hex(chain.Find(NFTA_CHAIN.NFTA_CHAIN_POLICY)));
        foreach (var rule in Captured<nfgenmsg>.Parse(ruleset.Rules))
            facts.Add(Area.Rulesets, $"rule {Shown(rule)} {rule.Text(NFTA_RULE.NFTA_RULE_CHAIN)}",
                string.Join(' ', (rule.Find(NFTA_RULE.NFTA_RULE_EXPRESSIONS)?.AsList() ?? []).Select(Expression)));
        foreach (var set in Captured<nfgenmsg>.Parse(ruleset.Sets))
            facts.Add(Area.Rulesets, $"set {Shown(set)} {set.Text(NFTA_SET.NFTA_SET_NAME)}",
                $"flags {Hex(set.Find(NFTA_SET.NFTA_SET_FLAGS))} key {Hex(set.Find(NFTA_SET.NFTA_SET_KEY_TYPE))} {Hex(set.Find(NFTA_SET.NFTA_SET_KEY_LEN))}");
    }

    private static string Expression(OwnedAttribute element)
    {
        var name = element.Inner((ushort)NFTA_EXPR.NFTA_EXPR_NAME)?.AsText() ?? "?";
        return s_counting.Contains(name) ? name : $"{name}:{Hex(element.Inner((ushort)NFTA_EXPR.NFTA_EXPR_DATA))}";
    }

    private static string Describe(Captured<rtmsg> route, Dictionary<uint, string> links)
    {
        var device = route.Number(RTA.RTA_OIF) is { } index ? $" dev {Name(links, index)}" : "";
        var priority = route.Number(RTA.RTA_PRIORITY) is { } metric ? $" metric {metric}" : "";
        var rest = Rest(RouteIdentity.Settings(route), (ushort)RTA.RTA_DST, (ushort)RTA.RTA_OIF, (ushort)RTA.RTA_PRIORITY, (ushort)RTA.RTA_GATEWAY,
            (ushort)RTA.RTA_PREFSRC, (ushort)RTA.RTA_TABLE, (ushort)RTA.RTA_EXPIRES);
        return $"type {route.Header.rtm_type}{Also(route, RTA.RTA_GATEWAY, " via ")}{device}{Also(route, RTA.RTA_PREFSRC, " src ")}{priority} protocol "
            + $"{route.Header.rtm_protocol} scope {route.Header.rtm_scope} {rest}".TrimEnd();
    }

    private static string Also<THeader, TType>(Captured<THeader> message, TType type, string before)
        where THeader : unmanaged
        where TType : unmanaged, Enum => message.Find(type) is { } found ? before + Text(found) : "";

    private static string Rest(IEnumerable<OwnedAttribute> attributes, params ushort[] known) => string.Join(' ', attributes
        .Where(attribute => !known.Contains(attribute.Type)).Select(attribute => $"{attribute.Type}={Convert.ToHexStringLower(attribute.Value)}")
        .Order(StringComparer.Ordinal));

    private static string Text(OwnedAttribute? attribute) =>
        attribute is null ? "" : attribute.Value.Length is 4 or 16 ? new IPAddress(attribute.Value).ToString() : attribute.AsText();

    private static string Hex(OwnedAttribute? attribute) => attribute is null ? "-" : Convert.ToHexStringLower(attribute.Value);

    private static string Shown(Captured<nfgenmsg> message) => $"{message.Header.nfgen_family} {TableName.Of(message).Name}";

    private static string Name(Dictionary<uint, string> links, uint index) => links.GetValueOrDefault(index, $"link {index}");

    private static string FamilyOf(byte family) => family == (byte)AddressFamily.IPv6 ? "IPv6" : "IPv4";
}

using System.Text.Json.Nodes;

namespace LxcNative.Orchestrator.Tests.Parts.Network;

/// <summary>What the platform's own programs say of a namespace, one text for each question, states and counters left out.</summary>
internal static class NamespaceView
{
    // linkinfo's timers of bridges run; the index of the other end belongs to another namespace; the operational state follows the carrier.
    private static readonly HashSet<string> Volatile =
    [
        "stats", "stats64", "hello_timer", "tcn_timer", "topology_change_timer", "gc_timer", "link_netnsid", "cstamp", "tstamp", "qdisc",
        "hold_timer", "message_age_timer", "forward_delay_timer", "operstate",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly string[] Questions =
    [
        "ip -j -d link", "ip -j -d addr", "ip -j -d route show table all", "ip -j -d -6 route show table all", "ip -j -d rule", "ip -j -d -6 rule",
        "ip -j neigh show nud permanent", "ip -j neigh show proxy", "ip -j -6 neigh show nud permanent", "ip -j -6 neigh show proxy",
        "ip -j nexthop", "ip addrlabel", "ip token", "bridge -j -d link",
    ];

    public static Dictionary<string, string> Look(NamespaceFixture fixture, bool withRuleset = true)
    {
        var view = Questions.ToDictionary(question => question,
            question => Normalize(fixture.Shell(question), question.Contains(" neigh ", StringComparison.Ordinal)));
        view["sysctl"] = fixture.Shell("sysctl -a -r '^net\\.' 2>/dev/null | sort");
        if (withRuleset)
            view["nft"] = NormalizeRuleset(fixture.Shell("nft -j list ruleset"));
        return view;
    }

    /// <summary>Requires that a namespace comes to look as one did before: what the kernel's workers make of a carrier comes a while after it.</summary>
    public static void AssertSame(Dictionary<string, string> before, NamespaceFixture fixture)
    {
        Dictionary<string, string> after = [];
        SpinWait.SpinUntil(() => (after = Look(fixture)) is var seen && before.All(answer => seen[answer.Key] == answer.Value), Patience);
        foreach (var (question, answer) in before)
        {
            if (answer == after[question])
                continue;
            var gone = answer.Split('\n').Except(after[question].Split('\n'));
            var come = after[question].Split('\n').Except(answer.Split('\n'));
            if (!gone.Concat(come).Any())
                (gone, come) = (answer.Split('\n'), after[question].Split('\n'));
            Assert.Fail($"{question}:\n- {string.Join("\n- ", gone)}\n+ {string.Join("\n+ ", come)}");
        }
    }

    // hashed: the kernel lists them in the order of a hash table with a random seed of its own for each namespace, as it does neighbours.
    private static string Normalize(string answer, bool hashed)
    {
        if (!answer.StartsWith('['))
            return answer;
        var array = JsonNode.Parse(answer)!.AsArray();
        var lines = array.Select(node => Strip(node)!.ToJsonString()).ToList();

        // Routes of one prefix that the kernel makes for several links stand in the order in which the links got their carrier.
        return string.Join('\n', lines.Where(Unordered).Order(StringComparer.Ordinal).Concat(lines.Where(line => !Unordered(line))));

        bool Unordered(string line) => hashed || line.Contains("\"protocol\":\"kernel\"", StringComparison.Ordinal);
    }

    private static JsonNode? Strip(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var name in map.Select(pair => pair.Key).Where(Volatile.Contains).ToList())
                    map.Remove(name);
                // Time goes on between two looks.
                foreach (var name in map.Select(pair => pair.Key).Where(name => name is "valid_life_time" or "preferred_life_time" or "expires").ToList())
                    map[name] = ((long)map[name]! + 60) / 120;
                foreach (var (_, value) in map)
                    Strip(value);
                break;
            case JsonArray array:
                foreach (var element in array)
                    Strip(element);
                break;
        }

        return node;
    }

    private static string NormalizeRuleset(string answer)
    {
        var array = JsonNode.Parse(answer)!["nftables"]!.AsArray();
        return string.Join('\n', array.Select(node => Sort(node)!.ToJsonString()));
    }

    /// <summary>Elements of a hash set come in an order that depends on a random seed, and time goes on meanwhile.</summary>
    private static JsonNode? Sort(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var name in map.Select(pair => pair.Key).ToList())
                {
                    if (name == "expires")
                        map[name] = ((long)map[name]! + 60) / 120;
                    else if (name is "elem" or "set" && map[name] is JsonArray elements)
                        map[name] = new JsonArray([.. elements.Select(element => Sort(element?.DeepClone()))
                            .OrderBy(element => element?.ToJsonString(), StringComparer.Ordinal)]);
                    else
                        Sort(map[name]);
                }

                break;
            case JsonArray array:
                foreach (var element in array)
                    Sort(element);
                break;
        }

        return node;
    }
}

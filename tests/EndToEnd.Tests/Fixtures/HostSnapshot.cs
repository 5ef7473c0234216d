using System.Text.RegularExpressions;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>
/// What of the host must be the same before and after: links, addresses, routes, rules, bridge ports, mounts, packet filters, cgroups,
/// and no process of the tools left. Counters, ages and timers are left out.
/// </summary>
/// <remarks>
/// Where others work on the same machine, eng/test-aside runs the tests in network and mount namespaces of their own and sets LXCNATIVE_SHARED_HOST:
/// then only cgroups of this run and processes of this network namespace count.
/// </remarks>
public static partial class HostSnapshot
{
    private static readonly string[] _tools = ["criu", "lxcnative", "lxc-start", "lxc-checkpoint", "tcpdump"];
    private static readonly string[] _sysctls = ["net/ipv4/ip_forward", "net/ipv4/conf/all/rp_filter", "net/ipv6/conf/all/forwarding"];

    // The kernel numbers namespaces anew when one has gone: such a number says which, not what.
    private const string IdOfNamespace = "link_netnsid";

    private static readonly bool _isShared = Environment.GetEnvironmentVariable("LXCNATIVE_SHARED_HOST") == "1";

    /// <summary>Captures the present state.</summary>
    public static Snapshot Capture()
    {
        // A new link's own IPv6 address, and its route, come a second later.
        Wait.Until(() => Text("ip", "-6", "addr", "show", "tentative").Length == 0, TimeSpan.FromSeconds(10));
        var host = new Snapshot();
        host.Add("links", JsonLines.Of(Text("ip", "-j", "-d", "link"), IdOfNamespace));
        host.Add("addresses", JsonLines.Of(Text("ip", "-j", "addr"), IdOfNamespace));
        host.Add("routes", Lines(Text("ip", "-4", "route", "show", "table", "all")).Concat(Lines(Text("ip", "-6", "route", "show", "table", "all")))
            .Select(WithoutExpiry));
        host.Add("rules", Lines(Text("ip", "-4", "rule")).Concat(Lines(Text("ip", "-6", "rule"))));
        host.Add("bridge links", JsonLines.Of(Text("bridge", "-j", "-d", "link")));
        host.Add("bridge vlans", JsonLines.Of(Text("bridge", "-j", "vlan")));
        host.Add("mounts", MountinfoLines.Of(File.ReadAllText("/proc/self/mountinfo")));
        host.Add("nftables", Numbered(WithoutCounters(Text("nft", "list", "ruleset"))));
        host.Add("iptables", Lines(WithoutCounters(Text("iptables-legacy-save"))).Concat(Lines(WithoutCounters(Text("ip6tables-legacy-save"))))
            .Where(line => line[0] != '#'));
        host.Add("cgroups", CgroupTree.Directories().Where(path => path.Contains("/lxc.", StringComparison.Ordinal))
            .Where(path => !_isShared || path.Contains("lxn-t-" + UniqueName.Run, StringComparison.Ordinal)));
        host.Add("tools", ProcessTable.Living()
            .Where(pid => !_isShared || ProcessTable.Link(pid, "ns/net") == ProcessTable.Link(Environment.ProcessId, "ns/net"))
            .Where(pid => _tools.Contains(ProcessTable.Read(pid, "comm").Trim())).Select(Tool));
        host.Add("sysctls", _sysctls.Where(name => File.Exists("/proc/sys/" + name))
            .Select(name => $"{name} {File.ReadAllText("/proc/sys/" + name).Trim()}"));
        return host;
    }

    /// <summary>
    /// Waits up to 20 s for the state to be that of <paramref name="before"/> again (network namespaces and cgroups end asynchronously)
    /// and gives the difference that remains: empty when there is none.
    /// </summary>
    public static string DifferenceSince(Snapshot before)
    {
        var difference = "";
        Wait.Until(() => (difference = before.DifferenceTo(Capture())).Length == 0);
        return difference;
    }

    // A container's monitor is LXC's own before a checkpoint and LxcNative's after the restore: one is as good as the other.
    private static string Tool(int pid) => ProcessTable.CommandLine(pid) is var line && (line.StartsWith("[lxc monitor]", StringComparison.Ordinal)
        || line.EndsWith("lxcnative monitor", StringComparison.Ordinal)) ? "the monitor of a container" : $"{pid} {line}";

    /// <summary>A program that is not installed has nothing to tell.</summary>
    private static string Text(string file, params string[] arguments) => Requirement.OnPath(file) is null ? "" : Command.Run(file, arguments).Output;

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A ruleset's lines mean something in their order only.</summary>
    private static IEnumerable<string> Numbered(string text) => Lines(text).Select((line, index) => $"{index,4} {line}");

    private static string WithoutCounters(string text) => CounterPattern().Replace(text, match => match.Value[0] == '[' ? "[]" : "counter");

    private static string WithoutExpiry(string route) => ExpiryPattern().Replace(route, "");

    [GeneratedRegex(@"counter packets \d+ bytes \d+|\[\d+:\d+\]")]
    private static partial Regex CounterPattern();

    [GeneratedRegex(@" expires \d+sec")]
    private static partial Regex ExpiryPattern();
}

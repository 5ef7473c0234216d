using System.Text.RegularExpressions;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>
/// What a container consists of, seen from the host through its process 1: the restored one must give the same. Inode numbers,
/// mount ids and host pids, which are new, are left out, as are blocked signals: a process in sigtimedwait, such as busybox's init, unblocks them
/// while it waits.
/// </summary>
public static partial class ContainerSnapshot
{
    /// <summary>Captures the container whose process 1 is <paramref name="init"/> on the host.</summary>
    public static Snapshot Capture(int init)
    {
        var inside = new Snapshot();
        string Net(string file, params string[] arguments) => Command.Run("nsenter", ["--target", $"{init}", "--net", file, .. arguments]).OrThrow().Output;

        // A new link's own IPv6 address, and its route, come a second later.
        Wait.Until(() => Net("ip", "-6", "addr", "show", "tentative").Length == 0, TimeSpan.FromSeconds(10));
        // The peer's index and the namespace's number are the host's business.
        inside.Add("links", JsonLines.Of(Net("ip", "-j", "-d", "link"), "link_index", "link_netnsid"));
        inside.Add("addresses", JsonLines.Of(Net("ip", "-j", "addr"), "link_index", "link_netnsid"));
        inside.Add("routes v4", Lines(Net("ip", "-4", "route", "show", "table", "all")));
        inside.Add("routes v6", Lines(Net("ip", "-6", "route", "show", "table", "all")).Select(line => ExpiryPattern().Replace(line, "")));
        inside.Add("rules", [.. Lines(Net("ip", "-4", "rule")), .. Lines(Net("ip", "-6", "rule"))]);
        inside.Add("nftables", Lines(Net("nft", "list", "ruleset")));
        inside.Add("mounts", MountinfoLines.Of(ProcessTable.Read(init, "mountinfo")));
        inside.Add("hostname", [Command.Output("nsenter", "--target", $"{init}", "--uts", "hostname").Trim()]);

        var space = ProcessTable.Link(init, "ns/pid");
        var processes = ProcessTable.Living().Where(pid => ProcessTable.Link(pid, "ns/pid") == space).ToDictionary(pid => pid, InnerPid);
        string Named(string pid) => int.TryParse(pid, out var number) && processes.TryGetValue(number, out var inner) ? inner : "outside";
        inside.Add("processes", processes.Select(one =>
            $"{one.Value} parent {Named(ProcessTable.Status(one.Key, "PPid"))} {ProcessTable.Read(one.Key, "comm").Trim()} session "
            + $"{Last(ProcessTable.Status(one.Key, "NSsid"))} group {Last(ProcessTable.Status(one.Key, "NSpgid"))} uid {ProcessTable.Status(one.Key, "Uid")} "
            + $"capabilities {ProcessTable.Status(one.Key, "CapEff")} threads {ProcessTable.Status(one.Key, "Threads")} seccomp "
            + $"{ProcessTable.Status(one.Key, "Seccomp")} caught {ProcessTable.Status(one.Key, "SigCgt")} ignored {ProcessTable.Status(one.Key, "SigIgn")}: "
            + $"{ProcessTable.CommandLine(one.Key)}"));
        inside.Add("cgroups",
            processes.SelectMany(one => Lines(ProcessTable.Read(one.Key, "cgroup")).Select(line => $"{one.Value} {line[(line.IndexOf(':') + 1)..]}")));
        inside.Add("descriptors", processes.SelectMany(one => Descriptors(one.Key).Select(line => $"{one.Value} {line}")));
        return inside;
    }

    private static string InnerPid(int pid) => Last(ProcessTable.Status(pid, "NSpid"));

    private static string Last(string numbers) => numbers.Split('\t', ' ')[^1];

    private static IEnumerable<string> Descriptors(int pid)
    {
        string[] names;
        try
        {
            names = Directory.GetFiles($"/proc/{pid}/fd");
        }
        catch (IOException)
        {
            yield break;
        }
        foreach (var name in names.Select(path => Path.GetFileName(path)!))
        {
            var flags = ProcessTable.Read(pid, $"fdinfo/{name}").Split('\n')
                .FirstOrDefault(line => line.StartsWith("flags:", StringComparison.Ordinal))?[6..].Trim() ?? "";
            yield return $"{name} {InodePattern().Replace(ProcessTable.Link(pid, $"fd/{name}"), "")} flags {flags}";
        }
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>socket:[123], pipe:[123]; an unlinked file gets another name from criu before it is unlinked again.</summary>
    [GeneratedRegex(@"\[\d+\]$")]
    private static partial Regex InodePattern();

    [GeneratedRegex(@" expires \d+sec")]
    private static partial Regex ExpiryPattern();
}

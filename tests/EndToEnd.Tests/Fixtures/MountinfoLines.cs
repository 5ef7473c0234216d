namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>
/// /proc/PID/mountinfo without what the kernel numbers anew: mounts are named by their mount points, peer groups and anonymous devices
/// by the order of the mount points that show them.
/// </summary>
internal static class MountinfoLines
{
    public static IEnumerable<string> Of(string mountinfo)
    {
        string[][] mounts = [.. mountinfo.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .OrderBy(fields => fields[4], StringComparer.Ordinal).ThenBy(fields => fields[3], StringComparer.Ordinal)
                .ThenBy(fields => fields[^2], StringComparer.Ordinal)];
        // The first of the mounts on top of each other is the one that others name as their parent.
        var pointOf = mounts.ToDictionary(fields => fields[0], fields => fields[4]);
        var devices = new Dictionary<string, string>();
        var groups = new Dictionary<string, string>();
        return [.. mounts.Select(fields =>
        {
            var dash = Array.IndexOf(fields, "-", 6);
            var device = fields[2].StartsWith("0:", StringComparison.Ordinal) ? Number(devices, fields[2], "0:#") : fields[2];
            var optional = string.Join(' ', fields[6..dash]
                .Select(one => one.Split(':') is [var kind, var group] ? $"{kind}:{Number(groups, group, "#")}" : one));
            var parent = pointOf.GetValueOrDefault(fields[1], "none");
            return $"{fields[4]} on {parent} from {device} {fields[3]} {fields[5]} [{optional}] {string.Join(' ', fields[(dash + 1)..])}";
        })];
    }

    private static string Number(Dictionary<string, string> known, string value, string prefix)
    {
        if (!known.TryGetValue(value, out var number))
            known[value] = number = prefix + (known.Count + 1);
        return number;
    }
}

using LxcNative.Native.Cgroups;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Devices;

/// <summary>Gives a container's version 1 devices cgroup its rules back, which criu leaves at "everything is allowed".</summary>
internal static class DeviceRuleRepair
{
    private const string Allow = "devices.allow", Deny = "devices.deny";
    private const string Everything = "a *:* rwm";

    // The kernel changes a cgroup from "all but" to "none but" only while none is below it (devcgroup_update_access): until the rules are given back, none but
    // everything is allowed.
    private static readonly string[] EveryKind = ["b *:* rwm", "c *:* rwm"];

    /// <summary>Makes the cgroups before criu does: it would restore the rules with them, and then could not make the container's device nodes.</summary>
    public static void MakePlace(IReadOnlyList<ContainerCgroup> cgroups, IReadOnlyList<DeviceRules> rules)
    {
        foreach (var rule in rules.Where(rule => !rule.Lines.Contains(Everything)))
        {
            if (Find(cgroups, rule) is not { } directory)
                continue;
            Directory.CreateDirectory(directory);
            if (new CgroupDirectory(directory).Children().Count > 0)
                continue;
            Write(directory, Deny, "a");
            foreach (var line in EveryKind)
                Write(directory, Allow, line);
        }
    }

    /// <summary>Writes the rules into the cgroups that the container is in now.</summary>
    public static void Repair(IReadOnlyList<ContainerCgroup> cgroups, IReadOnlyList<DeviceRules> rules)
    {
        foreach (var rule in rules)
        {
            var directory = Find(cgroups, rule);
            if (directory is null || !Directory.Exists(directory))
                continue;
            var now = File.ReadAllLines(Path.Combine(directory, "devices.list"));
            if (now.SequenceEqual(rule.Lines))
                continue;
            // "a" empties the list to all-or-nothing.
            if (rule.Lines.Contains(Everything))
            {
                Write(directory, Allow, "a");
                continue;
            }

            if (now.Contains(Everything))
                Write(directory, Deny, "a");
            // First what stays: a cgroup below loses what this one has not.
            foreach (var line in rule.Lines)
                Write(directory, Allow, line);
            foreach (var line in now.Where(line => line != Everything).Select(line => Superfluous(line, rule.Lines)).OfType<string>())
                Write(directory, Deny, line);
        }
    }

    /// <summary>What of a rule has to be denied: for the same devices the kernel has one rule, with what all of them allowed.</summary>
    /// <param name="line">The rule.</param>
    /// <param name="wanted">What is to stay.</param>
    /// <returns>Null where nothing of it has.</returns>
    internal static string? Superfluous(string line, IEnumerable<string> wanted)
    {
        var devices = Devices(line);
        var stays = wanted.Where(one => Devices(one) == devices).SelectMany(Access).ToHashSet();
        var goes = new string([.. Access(line).Where(letter => !stays.Contains(letter))]);
        return goes.Length == 0 ? null : $"{devices} {goes}";
    }

    private static string Devices(string line) => line[..Math.Max(line.LastIndexOf(' '), 0)];

    private static string Access(string line) => line[(line.LastIndexOf(' ') + 1)..];

    // The kernel takes one rule a write.
    private static void Write(string directory, string file, string line) => File.WriteAllText(Path.Combine(directory, file), line);

    private static string? Find(IReadOnlyList<ContainerCgroup> cgroups, DeviceRules rule) =>
        cgroups.FirstOrDefault(cgroup => cgroup.Path == rule.Path && cgroup.Controllers.Contains("devices"))?.Directory;
}

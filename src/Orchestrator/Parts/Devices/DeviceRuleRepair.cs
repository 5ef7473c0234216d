using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Devices;

/// <summary>Gives a container's version 1 devices cgroup its rules back, which criu leaves at "everything is allowed".</summary>
internal static class DeviceRuleRepair
{
    private const string Everything = "a *:* rwm";

    /// <summary>Makes the cgroups before criu does: it would restore the rules with them, and then could not make the container's device nodes.</summary>
    public static void MakePlace(IReadOnlyList<ContainerCgroup> cgroups, IReadOnlyList<DeviceRules> rules)
    {
        foreach (var rule in rules.Where(rule => !rule.Lines.Contains(Everything)))
            if (Find(cgroups, rule) is { } directory)
                Directory.CreateDirectory(directory);
    }

    /// <summary>Writes the rules into the cgroups that the container is in now.</summary>
    public static void Repair(IReadOnlyList<ContainerCgroup> cgroups, IReadOnlyList<DeviceRules> rules)
    {
        foreach (var rule in rules)
        {
            var directory = Find(cgroups, rule);
            if (directory is null || !Directory.Exists(directory) || File.ReadAllLines(Path.Combine(directory, "devices.list")).SequenceEqual(rule.Lines))
                continue;
            // The kernel takes one rule a write; "a" empties the list to all-or-nothing.
            File.WriteAllText(Path.Combine(directory, rule.Lines.Contains(Everything) ? "devices.allow" : "devices.deny"), "a");
            foreach (var line in rule.Lines.Where(line => line != Everything))
                File.WriteAllText(Path.Combine(directory, "devices.allow"), line);
        }
    }

    private static string? Find(IReadOnlyList<ContainerCgroup> cgroups, DeviceRules rule) =>
        cgroups.FirstOrDefault(cgroup => cgroup.Path == rule.Path && cgroup.Controllers.Contains("devices"))?.Directory;
}

namespace LxcNative.Orchestrator.Comparisons;

/// <summary>Something of a container that is not what it was.</summary>
/// <param name="Area">What kind of thing: tasks, rights, mounts, namespaces, devices, addresses, routes, rules, rulesets, sysctls, cgroups, limits.</param>
/// <param name="Item">Which.</param>
/// <param name="Before">What it was; null where there was none.</param>
/// <param name="Now">What it is; null where there is none.</param>
public sealed record Difference(string Area, string Item, string? Before, string? Now);

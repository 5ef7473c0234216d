namespace LxcNative.Orchestrator.Comparisons;

/// <summary>The kinds of things that are compared.</summary>
internal static class Area
{
    public const string Tasks = "tasks", Rights = "rights", Mounts = "mounts", Namespaces = "namespaces", Devices = "devices", Addresses = "addresses",
        Routes = "routes", Rules = "rules", Rulesets = "rulesets", Sysctls = "sysctls", Cgroups = "cgroups", Limits = "limits";

    /// <summary>Those of a network namespace.</summary>
    public static readonly string[] OfNetworks = [Addresses, Routes, Rules, Rulesets, Sysctls];
}

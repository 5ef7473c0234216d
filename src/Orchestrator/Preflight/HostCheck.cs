using LxcNative.Native.Criu;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Engines;
using LxcNative.Orchestrator.Preflight.Hosts;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Orchestrator.Preflight;

/// <summary>Tells whether this host can checkpoint and restore containers at all.</summary>
public static class HostCheck
{
    /// <summary>Looks at the host: finds criu and libcriu, dumps a sleeping child with them, and tries what the kernel and root can do.</summary>
    /// <param name="search">Where to look for criu; null for the usual places.</param>
    /// <param name="imagesDirectory">Where images would go; null for the usual place.</param>
    /// <returns>What was found; <see cref="PreflightReport.Name"/> says which criu and kernel.</returns>
    public static PreflightReport Run(CriuSearch? search = null, string? imagesDirectory = null)
    {
        var start = MonotonicClock.Microseconds();
        var host = HostCollector.Collect(search ?? CriuPlaces.Usual, imagesDirectory ?? CheckpointStore.DefaultPath);
        var criu = host.Criu is { } found ? $"criu {found.CriuVersion} ({found.CriuPath})" : "no criu";
        var name = $"{criu}, Linux {host.Kernel}, {host.Cgroups.ToString().ToLowerInvariant()} cgroups";
        return new PreflightReport(name, Decide(host), MonotonicClock.Between(start, MonotonicClock.Microseconds()));
    }

    /// <summary>Applies every rule to an observation.</summary>
    internal static IReadOnlyList<Finding> Decide(HostObservation host) =>
        [.. HostRules.All.SelectMany(rule => rule.Check(host)).OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.Id, StringComparer.Ordinal)];
}

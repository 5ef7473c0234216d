using System.Text.Json.Serialization;
using LxcNative.Orchestrator.Parts.Cgroups;

namespace LxcNative.Orchestrator.Restores.Rehearsals;

/// <summary>A restore that is ended before anything runs, beside whatever runs: what it has of its own has this name.</summary>
/// <param name="Id">A name that nothing else on this host has.</param>
internal sealed record Rehearsal(string Id)
{
    private static int _count;

    /// <summary>One more of this process.</summary>
    public static Rehearsal Next() => new($"lxcnative-rehearsal-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");

    /// <summary>Where its cgroups are.</summary>
    [JsonIgnore]
    public CgroupRelocation Cgroups => new(path => path[..(path.LastIndexOf('/') + 1)] + Id);
}

using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Units;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>What the container's systemd told of its units, where it holds BPF programs for them.</summary>
/// <param name="Confined">The units that have such settings.</param>
/// <param name="Trouble">Why it was not asked with success, in words; null where it was, or nobody had to ask.</param>
internal sealed record UnitObservation(IReadOnlyList<UnitSettings> Confined, string? Trouble = null)
{
    public static readonly UnitObservation None = new([]);

    /// <summary>The units that have ended, where it holds programs of theirs still.</summary>
    public IReadOnlyList<string> Ended { get; init; } = [];

    /// <summary>Asks, where the init holds such programs and is called systemd.</summary>
    public static UnitObservation Of(ObservedProcess init, IReadOnlyList<ContainerCgroup> cgroups)
    {
        if (init.Name != "systemd" || !init.Files.Exists(file => UnitPrograms.Is(file.Target)))
            return None;
        try
        {
            using var manager = SystemdManager.Connect(init.Pid);
            return new UnitObservation(manager.Confined()) { Ended = EndedOf(manager, init.Pid, cgroups) };
        }
        catch (SystemdException e)
        {
            return new UnitObservation([], e.Message);
        }
    }

    // Newer ones drop the programs of a unit that ends.
    private static IReadOnlyList<string> EndedOf(SystemdManager manager, int init, IReadOnlyList<ContainerCgroup> cgroups)
    {
        var idle = IdlePrograms.Read(init, cgroups);
        if (idle.Count == 0)
            return [];
        var ended = manager.Ended();
        // Those of a unit that starts or ends are held for a moment without a cgroup.
        return IdlePrograms.Read(init, cgroups).Overlaps(idle) ? ended : [];
    }
}

using LxcNative.Orchestrator.Parts.Units;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>What the container's systemd told of its units, where it holds BPF programs for them.</summary>
/// <param name="Confined">The units that have such settings.</param>
/// <param name="Trouble">Why it was not asked with success, in words; null where it was, or nobody had to ask.</param>
internal sealed record UnitObservation(IReadOnlyList<UnitSettings> Confined, string? Trouble = null)
{
    public static readonly UnitObservation None = new([]);

    /// <summary>Asks, where the init holds such programs and is called systemd.</summary>
    public static UnitObservation Of(ObservedProcess init)
    {
        if (init.Name != "systemd" || !init.Files.Exists(file => UnitPrograms.Is(file.Target)))
            return None;
        try
        {
            using var manager = SystemdManager.Connect(init.Pid);
            return new UnitObservation(manager.Confined());
        }
        catch (SystemdException e)
        {
            return new UnitObservation([], e.Message);
        }
    }
}

using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Parts.Terminals;

/// <summary>How terminals come back whose masters LXC's monitor holds. criu makes one of them again, in the container's devpts, if it reads its number right;
/// any others are replaced by terminals of the host's, bound in their places, as LXC's default console is.</summary>
/// <param name="Replaced">Those that are replaced, what is the host's already included.</param>
/// <param name="Lost">Those for which there is neither way.</param>
internal sealed record TerminalChoice(IReadOnlyList<HostTerminal> Replaced, IReadOnlyList<OrphanTerminal> Lost)
{
    /// <summary>Chooses.</summary>
    public static TerminalChoice Of(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        var orphans = OrphanTerminal.Of(snapshot, options);
        // The one way that is there once goes to whom the other is closed.
        var left = orphans.Where(one => one.IsNumberedByName && !(one.LosesControl && one.IsReplaceable)).OrderBy(one => one.IsReplaceable).FirstOrDefault();
        var others = orphans.Where(one => one != left).ToLookup(one => one.IsReplaceable);
        return new TerminalChoice(
            [.. HostTerminal.Of(snapshot.Container), .. others[true].SelectMany(one => one.Mounts.Select(HostTerminal.From))], [.. others[false]]);
    }
}

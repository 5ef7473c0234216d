using LxcNative.Native.Criu.Images;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Parts.Terminals;

/// <summary>A session of the container that a terminal controls whose master is outside.</summary>
/// <param name="Terminal">The terminal, open in a process of the session.</param>
/// <param name="Leader">The session's leader.</param>
internal sealed record ControlledSession(ObservedFile Terminal, ObservedProcess Leader)
{
    /// <summary>Those of a container; what /proc does not tell apart (several terminals of one number in a session) is left out.</summary>
    public static IReadOnlyList<ControlledSession> Of(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        var outside = OrphanTerminal.Of(snapshot, options).SelectMany(one => one.Files).Select(HostTerminal.Name)
            .Concat(HostTerminal.Of(snapshot.Container).Select(one => one.Terminal)).ToHashSet(StringComparer.Ordinal);
        if (outside.Count == 0)
            return [];
        return
        [
            .. from leader in snapshot.Processes
               where leader.Pid == leader.Session && leader.TerminalDevice != 0
               let terminals = snapshot.Files.Where(file => file.Process.Session == leader.Pid && file.IsTerminal
                   && file.Special.Value == (ulong)leader.TerminalDevice).DistinctBy(HostTerminal.Name).Take(2).ToList()
               where terminals.Count == 1 && outside.Contains(HostTerminal.Name(terminals[0]))
               select new ControlledSession(terminals[0], leader),
        ];
    }

    /// <summary>How it stands now; null where it has another terminal by now, or none.</summary>
    public TerminalSession? Read() => ProcessGlance.Stat(Leader.Pid) is { } stat && stat.TtyDevice == Leader.TerminalDevice
        ? new TerminalSession(Terminal.Special.Value, Terminal.Device.Value, Leader.PidInside, InFront(stat.TtyProcessGroup) ?? Leader.PidInside)
        : null;

    // A group whose first process has ended is not found by its number: the leader's own is always there.
    private static int? InFront(int group) => group > 0 && ProcessGlance.Status(group)?.NSpid is [.., var inside] ? inside : null;
}

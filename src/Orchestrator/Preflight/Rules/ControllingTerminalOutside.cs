using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Parts.Terminals;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Controlled by a terminal that is given from outside.</summary>
internal sealed class ControllingTerminalOutside() : PreflightRule(new RuleDescription
{
    Id = "LXN041",
    Title = "Controlled by a terminal that is given from outside",
    Severity = FindingSeverity.Blocks,
    SeenBy = "tty_nr in /proc/PID/stat: the device of an --external tty[…]",
    Why = "A terminal that is handed over from outside can be open in the container, but not be the controlling terminal of a session there: a shell on the "
        + "console of lxc-start.",
    Remedy = "Set lxc.console.path = none and restart the container, or end the shell on the console.",
    Permit = "--shell-job",
    CriuMessage = "ctty inheritance detected sid/pgrp N, no PTY peer with sid/pgrp needed",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        if (options.ShellJob)
            return [];
        var consoles = HostTerminal.Of(snapshot.Container);
        return snapshot.Processes.Where(process => process.TerminalDevice != 0
                && (options.External.Any(one => one.StartsWith($"tty[{process.TerminalDevice:x}:", StringComparison.Ordinal))
                || consoles.Any(console => HasOpen(process, console))))
            .Select(process => Found(process, "the external terminal controls it", "no PTY peer with sid/pgrp needed"));
    }

    // The container's own terminals have the same device numbers as the host's: what is open tells of which they are.
    private static bool HasOpen(ObservedProcess process, HostTerminal console) => console.Device == (ulong)process.TerminalDevice
        && process.Files.Any(file => file.Special.Value == console.Device && $"tty[{file.Special.Value:x}:{file.Device.Value:x}]" == console.Terminal);
}

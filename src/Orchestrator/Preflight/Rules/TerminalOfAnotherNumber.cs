using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Parts.Terminals;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Open terminal that nothing can take the place of.</summary>
internal sealed class TerminalOfAnotherNumber() : PreflightRule(new RuleDescription
{
    Id = "LXN044",
    Title = "Open terminal that nothing can take the place of",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "/proc/PID/fd: several terminals of the container’s own devpts whose other ends are outside, or one by a name that is not its number",
    Why = "criu makes one such terminal again, if its number is that of the name that it was opened by (/dev/console and /dev/tty2 are number 0 to "
        + "it). Any other gets a terminal of the host in its place, where LXC bound it to a name (lxc.tty.max): not what is bound nowhere.",
    Remedy = "Log out at the terminal, or end the program that has it open.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        from terminal in TerminalChoice.Of(snapshot, options).Lost
        from file in terminal.Files
        select Found(file, $"{file.Target} is terminal {terminal.Index} of its devpts");
}

using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Parts.Terminals;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Too many openings of terminals that are given.</summary>
internal sealed class TooManyTerminals() : PreflightRule(new RuleDescription
{
    Id = "LXN046",
    Title = "Too many openings of terminals that are given",
    Severity = FindingSeverity.Blocks,
    SeenBy = "/proc/PID/fd: more than 64 openings of /dev/tty, and of terminals whose other ends are outside, told apart by kcmp(2)",
    Why = "criu has 64 numbers for what it is given instead of making it: /dev/tty, once for each time that somebody opened it, and terminals of the host.",
    Remedy = "End some of the shells that keep /dev/tty open: log out at terminals, close windows of tmux or screen.",
    CriuMessage = "Too many external terminals",
})
{
    private const int Most = 64;

    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        var opened = snapshot.Files.Where(file => !file.IsOpenBefore && (file.IsTty || file.IsTerminal)).ToList();
        if (opened.Count <= Most)
            return [];
        var given = TerminalChoice.Of(snapshot, options).Replaced.Select(one => one.Terminal).Concat(options.External).ToHashSet(StringComparer.Ordinal);
        var openings = opened.Count(file => file.IsTty || given.Contains(HostTerminal.Name(file)));
        return openings <= Most ? [] : [Found($"{openings} openings of /dev/tty and of terminals that are given")];
    }
}

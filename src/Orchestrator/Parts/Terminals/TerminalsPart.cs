using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Rules;

namespace LxcNative.Orchestrator.Parts.Terminals;

/// <summary>The container's terminals, whose masters LXC's monitor keeps.</summary>
internal sealed class TerminalsPart() : Part<TerminalsState>(TerminalsPartJson.Default.TerminalsState)
{
    /// <inheritdoc />
    public override string Name => "terminals";

    /// <inheritdoc />
    public override IReadOnlyList<PreflightRule> Obstacles =>
        [new ConsoleDevice(), new TerminalHeldOutside(), new TerminalBoundByName(), new TerminalBoundAndGone(), new TerminalOfAnotherNumber(),
            new TerminalGone(), new TooManyTerminals()];

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => new TerminalsSaving(
        new TerminalsState
        {
            OfHost =
            [
                .. TerminalChoice.Of(context.Snapshot, context.Options).Replaced
                    .Select(terminal => terminal with { Owner = TerminalOwner.Of(context.Container.InitPid, terminal) }),
            ],
            InitLeads = context.Container.Processes.Session == context.Container.InitPid,
        },
        ControlledSession.Of(context.Snapshot, context.Options),
        [.. context.Snapshot.Files.Where(file => file.IsTty).Select(HostTerminal.Name).Distinct()]);

    /// <inheritdoc />
    protected override PartReturn Return(TerminalsState state, ReturnContext context) => new TerminalsReturn(state);
}

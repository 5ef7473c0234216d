using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Preparation;

namespace LxcNative.Cli.Commands;

/// <summary>The options that every preparation has: apply (the default), <c>--undo</c> or <c>--status</c>, with <c>--dry-run</c> and <c>--json</c>.</summary>
internal sealed class PreparationSwitches
{
    private readonly Option<bool> _dryRun = new("--dry-run", "-n") { Description = "Change nothing; print what would be changed." };
    private readonly Option<bool> _undo = new("--undo") { Description = "Take away what was made, and put back what was there." };
    private readonly Option<bool> _status = new("--status") { Description = "Show what is in place and what is not; exit code 3 when something is missing." };
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON array, for programs." };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_dryRun);
        command.Options.Add(_undo);
        command.Options.Add(_status);
        command.Options.Add(_json);
        command.Validators.Add(result =>
        {
            if (result.ValueOf(_undo) && result.ValueOf(_status))
                result.AddError("Either --undo or --status.");
        });
    }

    /// <summary>Whether things are to be undone.</summary>
    public bool IsUndo(System.CommandLine.Parsing.CommandResult result) => result.ValueOf(_undo);

    /// <summary>Whether a program reads the output.</summary>
    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Runs preparations in order, or undoes them in the opposite order, and writes what came of it.</summary>
    /// <returns>The exit code.</returns>
    public int Run(ParseResult parsed, params IReadOnlyList<HostPreparation> preparations) => Run(parsed, PreparationOptions.DefaultRecords, preparations);

    /// <inheritdoc cref="Run(ParseResult, IReadOnlyList{HostPreparation})" />
    public int Run(ParseResult parsed, string records, params IReadOnlyList<HostPreparation> preparations)
    {
        if (CurrentProcess.EffectiveUserId != 0)
            throw new UnauthorizedAccessException("this needs root: run it with sudo");
        var options = new PreparationOptions
        {
            Action = parsed.GetValue(_undo) ? PreparationAction.Undo : parsed.GetValue(_status) ? PreparationAction.Status : PreparationAction.Apply,
            DryRun = parsed.GetValue(_dryRun),
            Records = records,
        };
        var ordered = options.Action == PreparationAction.Undo ? preparations.Reverse() : preparations;
        List<PreparationReport> reports = [];
        foreach (var preparation in ordered)
            reports.Add(preparation.Run(options));
        PreparationOutput.Write(reports, parsed.GetValue(_json));
        return options.Action == PreparationAction.Status && reports.Any(report => !report.IsComplete) ? ExitCode.Refused : ExitCode.Done;
    }
}

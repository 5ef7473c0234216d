using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Preparation;

/// <summary>Something that is prepared on the host: may be done again at any time, and undone.</summary>
public abstract class HostPreparation
{
    /// <summary>What is prepared, in words.</summary>
    public abstract string Subject { get; }

    /// <summary>Prepares it, undoes it, or looks.</summary>
    /// <exception cref="RefusedException">It cannot be; nothing was changed.</exception>
    /// <exception cref="FailedException">It failed half-way; the exception tells whether everything is as it was.</exception>
    public PreparationReport Run(PreparationOptions? options = null)
    {
        options ??= new PreparationOptions();
        var records = new RecordStore(options.Records);
        var isUndo = options.Action == PreparationAction.Undo;
        var steps = isUndo ? PlanUndo(records) : Plan(records);
        var changes = options.Action != PreparationAction.Status && !options.DryRun;
        if (changes)
            PreparationRunner.Run(Subject, steps);
        var state = (options.Action, changes) switch
        {
            (PreparationAction.Status, _) => PreparationState.Missing,
            (PreparationAction.Undo, true) => PreparationState.Undone,
            (PreparationAction.Undo, false) => PreparationState.WouldUndo,
            (_, true) => PreparationState.Made,
            _ => PreparationState.WouldMake,
        };
        return new PreparationReport(Subject, [.. steps.Select(step => new PreparationItem(step.What, step.Take is null ? PreparationState.InPlace : state))]);
    }

    /// <summary>The steps that lead to what is wanted.</summary>
    private protected abstract IReadOnlyList<Step> Plan(RecordStore records);

    /// <summary>The steps that lead back.</summary>
    private protected abstract IReadOnlyList<Step> PlanUndo(RecordStore records);
}

using LxcNative.Orchestrator.Parts.Mounts;
using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Parts.Files;

/// <summary>The container's open and mapped files: they are in its root, not in the images, and have to be there as they were.</summary>
internal sealed class FilesPart() : Part<FilesState>(FilesPartJson.Default.FilesState)
{
    /// <inheritdoc />
    public override string Name => "files";

    /// <inheritdoc />
    public override IReadOnlyList<RuleDescription> RestoreRules => [FileRules.Changed];

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => new StateSaving(new FilesState());

    /// <inheritdoc />
    public override IEnumerable<Finding> Refusals(PartStates states, PlanContext context)
    {
        if (!context.AreImagesSound)
            yield break;
        var accepts = Read(states).AcceptsChanged;
        foreach (var file in ChangedFiles.Find(context.ImagesDirectory, new MountsPart().Read(states), context.Cloned).DistinctBy(file => file.Describe()))
            yield return FileRules.Changed.Found(file.Describe(), severity: accepts && file.IsAcceptable ? FindingSeverity.Note : null);
    }

    /// <inheritdoc />
    protected override FilesState Planned(FilesState state, PlanContext context) => state with { AcceptsChanged = context.Options.AcceptChangedFiles };

    /// <inheritdoc />
    protected override PartReturn Return(FilesState state, ReturnContext context) => new FilesReturn(state, context);
}

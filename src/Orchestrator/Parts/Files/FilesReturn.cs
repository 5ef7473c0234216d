using LxcNative.Orchestrator.Parts.Mounts;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Parts.Files;

/// <summary>Has criu take the files that have changed as they are now, where that was asked for.</summary>
internal sealed class FilesReturn(FilesState state, ReturnContext context) : PartReturn
{
    private readonly List<string> _taken = [];

    /// <inheritdoc />
    public override IEnumerable<string> Shortfalls => _taken;

    /// <inheritdoc />
    public override IEnumerable<Step> Steps => state.AcceptsChanged ? [new Step("files that have changed since", Accept)] : [];

    private void Accept()
    {
        var plan = context.Plan;
        var changed = ChangedFiles.Find(plan.ImagesDirectory, new MountsPart().Read(plan.States), plan.Cloned);
        ChangedFiles.Accept(context.Images, changed);
        _taken.AddRange(changed.Where(file => file.IsAcceptable).Select(file => $"taken as it is now: {file.Describe()}").Distinct());
    }
}

using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Images;

namespace LxcNative.Orchestrator.Parts.Tmpfs;

/// <summary>The container's private tmpfs (/dev, /run, ...) with what is in them.</summary>
internal sealed class TmpfsPart() : Part<TmpfsState>(TmpfsPartJson.Default.TmpfsState)
{
    /// <inheritdoc />
    public override string Name => "tmpfs";

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => TmpfsSaving.Prepare(context);

    /// <inheritdoc />
    protected override IEnumerable<Finding> Refusals(TmpfsState state, PlanContext context) =>
        from mount in state.Mounts
        where !IsName(mount.Key) || !IsName(mount.File) || !File.Exists(Path.Combine(context.ImagesDirectory, mount.File))
        select ImageRules.NotUsable.Found(
            $"the manifest names a tmpfs \"{mount.Key}\" in \"{mount.File}\", which is not among its files: it is damaged or forged");

    /// <inheritdoc />
    protected override PartReturn Return(TmpfsState state, ReturnContext context) => new TmpfsReturn(state.Mounts, context);

    // Both become names below directories of ours.
    private static bool IsName(string? name) => name is not (null or "" or "." or "..") && !name.AsSpan().ContainsAny("/[]:");
}

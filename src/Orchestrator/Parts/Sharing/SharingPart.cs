namespace LxcNative.Orchestrator.Parts.Sharing;

/// <summary>The groups of mounts that criu cannot make again.</summary>
internal sealed class SharingPart() : Part<SharingState>(SharingPartJson.Default.SharingState)
{
    /// <inheritdoc />
    public override string Name => "sharing";

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => new StateSaving(new SharingState());

    /// <inheritdoc />
    protected override PartReturn Return(SharingState state, ReturnContext context) => new SharingReturn(new SlaveMounts(context.Images));
}

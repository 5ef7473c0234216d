namespace LxcNative.Orchestrator.Parts.Pressure;

/// <summary>What the kernel tells processes of memory, processors and disks that are short (pressure stall information), which is set for an open file: criu
/// opens the file again and sets nothing. A file without it is always ready, and who waits for it never waits: systemd 254 and later, in each of its
/// daemons.</summary>
internal sealed class PressurePart() : Part<PressureState>(PressurePartJson.Default.PressureState)
{
    /// <inheritdoc />
    public override string Name => "pressure";

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) =>
        new PressureSaving(context.Container.InitPid, context.Snapshot.Files.Any(file => PressureFile.IsName(file.Target)));

    /// <inheritdoc />
    protected override PartReturn Return(PressureState state, ReturnContext context) => new PressureReturn(state);
}

namespace LxcNative.Orchestrator.Parts.Scheduling;

/// <summary>On which processors the container's threads may run, how their disk requests and timers are served, and what their core dumps have: criu keeps
/// niceness and policy alone.</summary>
internal sealed class SchedulingPart() : Part<SchedulingState>(SchedulingPartJson.Default.SchedulingState)
{
    /// <inheritdoc />
    public override string Name => "scheduling";

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => new StateSaving(new SchedulingState { Threads = ThreadReading.Take(context.Container) });

    /// <inheritdoc />
    protected override PartReturn Return(SchedulingState state, ReturnContext context) => new SchedulingReturn(state, context.Recorder);
}

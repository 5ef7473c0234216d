namespace LxcNative.Orchestrator.Parts.Timers;

/// <summary>The container's timers: a periodic timerfd that had expired when it was dumped goes on.</summary>
internal sealed class TimersPart() : Part<TimersState>(TimersPartJson.Default.TimersState)
{
    /// <inheritdoc />
    public override string Name => "timers";

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => new StateSaving(new TimersState());

    /// <inheritdoc />
    protected override PartReturn Return(TimersState state, ReturnContext context) => new TimersReturn(context.Images);
}

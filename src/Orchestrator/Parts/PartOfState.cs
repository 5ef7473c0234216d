using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Parts;

/// <summary>A part whose state is a <typeparamref name="TState"/>.</summary>
/// <param name="json">How the state is written and read.</param>
/// <param name="version">The version of the state's layout that is written, and the newest that is read.</param>
internal abstract class Part<TState>(JsonTypeInfo<TState> json, int version = 1) : Part
    where TState : PartState, new()
{
    /// <inheritdoc />
    public override JsonElement Write(PartState state) => JsonSerializer.SerializeToElement((TState)state, json);

    /// <inheritdoc />
    public override JsonElement Plan(PartStates states, PlanContext context) => Write(Planned(Read(states), context));

    /// <summary>This part's state; an empty one where the images were made before there was this part.</summary>
    public TState Read(PartStates states) => states.Read(Name, version, json) ?? new TState();

    /// <summary>The state as the options want it.</summary>
    protected virtual TState Planned(TState state, PlanContext context) => state;

    /// <inheritdoc />
    public override IEnumerable<Finding> Refusals(PartStates states, PlanContext context) => Refusals(Read(states), context);

    /// <inheritdoc cref="Part.Refusals(PartStates, PlanContext)" />
    protected virtual IEnumerable<Finding> Refusals(TState state, PlanContext context) => [];

    /// <inheritdoc />
    public sealed override PartReturn Return(PartStates states, ReturnContext context) => Return(Read(states), context);

    /// <inheritdoc cref="Part.Return(PartStates, ReturnContext)" />
    protected abstract PartReturn Return(TState state, ReturnContext context);
}

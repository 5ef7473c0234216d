using System.Text.Json;
using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Parts;

/// <summary>One of the kinds of things that a container consists of: what stands in the way of saving it, how it is saved, and how it comes back.
/// <see cref="PartList"/> has all of them.</summary>
internal abstract class Part
{
    /// <summary>What its state is called in the manifest.</summary>
    public abstract string Name { get; }

    /// <summary>What the pre-flight has to look for on its behalf.</summary>
    public virtual IReadOnlyList<PreflightRule> Obstacles => [];

    /// <summary>What can stand in the way of its coming back.</summary>
    public virtual IReadOnlyList<RuleDescription> RestoreRules => [];

    /// <summary>Prepares to save it, while the container runs.</summary>
    /// <exception cref="Errors.RefusedException">It cannot be saved in the way that was asked for.</exception>
    public abstract PartSaving Prepare(SavingContext context);

    /// <summary>Its state as it is to be written.</summary>
    public abstract JsonElement Write(PartState state);

    /// <summary>Its state as the options of a restore want it.</summary>
    /// <exception cref="Errors.RefusedException">It is damaged, of a newer version, or an option names what is not there.</exception>
    public abstract JsonElement Plan(PartStates states, PlanContext context);

    /// <summary>What stands in the way of its coming back, here and now.</summary>
    /// <param name="states">The planned states.</param>
    /// <param name="context">Where and how.</param>
    public virtual IEnumerable<Finding> Refusals(PartStates states, PlanContext context) => [];

    /// <summary>Prepares its coming back, in the process that is to be the container's parent. Nothing is made yet.</summary>
    /// <param name="states">The planned states.</param>
    /// <param name="context">Where and how.</param>
    public abstract PartReturn Return(PartStates states, ReturnContext context);
}

namespace LxcNative.Orchestrator.Preparation;

/// <summary>A change that a preparation makes, or has no need to make.</summary>
/// <param name="What">What is made, in words.</param>
/// <param name="Apply">Makes it; null where it is in place.</param>
/// <param name="Revert">Takes it back when a later step fails; null where there is nothing to take back.</param>
internal sealed record PreparationStep(string What, Action? Apply, Action? Revert = null)
{
    /// <summary>Something that is there already.</summary>
    public static PreparationStep InPlace(string what) => new(what, null);
}

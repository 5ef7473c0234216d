using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Orchestrator.Parts.Owners;

/// <summary>Finds out, before anything is frozen, whether the images could be read again.</summary>
internal sealed class OwnersSaving(OwnersState state) : StateSaving(state)
{
    /// <inheritdoc />
    /// <exception cref="Errors.RefusedException">They could not, where they are to be.</exception>
    public override void Begin(ImageDirectory images)
    {
        if (state.IsMapped)
            OwnedView.Make(images.Path, state).Dispose();
    }
}

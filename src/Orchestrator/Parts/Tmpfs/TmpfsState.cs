namespace LxcNative.Orchestrator.Parts.Tmpfs;

/// <summary>The private tmpfs that were saved natively; criu has the others.</summary>
internal sealed record TmpfsState : PartState
{
    /// <summary>The tmpfs.</summary>
    public IReadOnlyList<TmpfsMount> Mounts { get => field ?? []; init; }
}

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>The moments of the frozen window, in their order.</summary>
internal enum FrozenMoment
{
    /// <summary>criu is about to freeze.</summary>
    Asked,

    /// <summary>Every task stands still.</summary>
    Still,

    /// <summary>criu has dumped all it has to; the container goes on, or ends, next.</summary>
    Dumped,

    /// <summary>The container is about to go on: because it is left running, or because the dump failed.</summary>
    Released,
}

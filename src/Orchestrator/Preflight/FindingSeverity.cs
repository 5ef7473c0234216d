namespace LxcNative.Orchestrator.Preflight;

/// <summary>What follows from a finding.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>The checkpoint succeeds, and something of the container is not in it or does not come back.</summary>
    LosesSomething,

    /// <summary>The checkpoint succeeds, but cannot be restored.</summary>
    BlocksRestore,

    /// <summary>The checkpoint fails, after the container was frozen for it.</summary>
    Blocks,
}

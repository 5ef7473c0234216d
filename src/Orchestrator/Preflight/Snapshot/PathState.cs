namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>What the path of an open file names now.</summary>
internal enum PathState
{
    /// <summary>Nobody looked.</summary>
    Unknown,

    /// <summary>The file itself.</summary>
    Same,

    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>Another file.</summary>
    Other,
}

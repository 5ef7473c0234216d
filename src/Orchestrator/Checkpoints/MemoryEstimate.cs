using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>How much memory a dump will have to write.</summary>
internal static class MemoryEstimate
{
    private const long Overhead = 1 << 20;

    /// <summary>The resident memory of all processes that no file backs, with something for the rest, in bytes.</summary>
    public static long Bytes(ContainerSnapshot snapshot) => Overhead + snapshot.Processes.Sum(process => process.Status.UnbackedBytes);
}

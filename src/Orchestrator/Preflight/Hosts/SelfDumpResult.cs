namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>What became of the dump of a sleeping child.</summary>
/// <param name="Succeeded">Whether criu can dump at all on this kernel.</param>
/// <param name="Errors">The error lines of criu's log.</param>
/// <param name="Microseconds">How long it took.</param>
internal sealed record SelfDumpResult(bool Succeeded, IReadOnlyList<string> Errors, long Microseconds);

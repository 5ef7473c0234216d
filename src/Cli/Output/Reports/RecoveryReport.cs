using LxcNative.Orchestrator.Steps;

namespace LxcNative.Cli.Output.Reports;

/// <summary>A run that had died, for programs.</summary>
/// <param name="Purpose">What was being done: checkpoint or restore.</param>
/// <param name="Container">The container's name.</param>
/// <param name="Removed">What was, or in a dry run would be, taken away.</param>
/// <param name="Left">What could not be, and why.</param>
internal sealed record RecoveryReport(string Purpose, string Container, IReadOnlyList<string> Removed, IReadOnlyList<string> Left)
{
    /// <summary>That of a run.</summary>
    public static RecoveryReport Of(RecoveredRun run) => new(run.Purpose, run.Container, run.Removed, run.Left);
}

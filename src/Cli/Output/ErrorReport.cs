using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Cli.Output;

/// <summary>What a program reads when a command failed.</summary>
/// <param name="Error">Why.</param>
/// <param name="ExitCode">The exit code.</param>
/// <param name="State">What became of the container; null where that is not known.</param>
/// <param name="Findings">What the pre-flight found, or what is known of criu's error; empty for other failures.</param>
internal sealed record ErrorReport(string Error, int ExitCode, ContainerState? State, IReadOnlyList<Finding> Findings);

namespace LxcNative.Cli.Output;

/// <summary>What a program reads when a command failed.</summary>
/// <param name="Error">Why.</param>
/// <param name="ExitCode">The exit code.</param>
internal sealed record ErrorReport(string Error, int ExitCode);

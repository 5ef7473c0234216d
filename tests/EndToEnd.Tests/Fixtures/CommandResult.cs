namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>What a command did.</summary>
public record CommandResult(string CommandLine, int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>This result.</summary>
    /// <exception cref="InvalidOperationException">The exit code is not 0; the message has all that the command said.</exception>
    public CommandResult OrThrow() => Succeeded ? this : throw new InvalidOperationException(ToString());

    public sealed override string ToString() => $"{CommandLine}: exit code {ExitCode}\n{Output}{Error}";
}

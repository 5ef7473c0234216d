using LxcNative.Cli.Output;

namespace LxcNative.Cli.Commands;

/// <summary>Runs what a command does, and turns what goes wrong into a message and an exit code.</summary>
internal static class CommandAction
{
    /// <summary>Runs it.</summary>
    /// <param name="json">Whether a program reads the output: an error is then an object on standard output too.</param>
    /// <param name="body">What the command does; returns the exit code.</param>
    /// <param name="permit">What is said where findings refused it.</param>
    public static int Run(bool json, Func<int> body, string? permit = null)
    {
        try
        {
            return body();
        }
#pragma warning disable CA1031 // Whatever it is, it is told, and judged by what became of the container.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var verdict = Verdict.Of(failure);
            return Tell(permit is not null && verdict is { ExitCode: ExitCode.Refused, Findings.Count: > 0 }
                ? verdict with { Message = $"{verdict.Message}\n{permit}" }
                : verdict, json);
        }
    }

    /// <summary>Tells of a failure.</summary>
    /// <returns>Its exit code.</returns>
    public static int Tell(Verdict verdict, bool json)
    {
        ErrorOutput.Write(verdict.Message);
        if (json)
            JsonOutput.Write(new ErrorReport(verdict.Message, verdict.ExitCode, verdict.State, verdict.Findings), CliJson.Default.ErrorReport);
        return verdict.ExitCode;
    }
}

using LxcNative.Cli.Output;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Cli.Commands;

/// <summary>Runs what a command does, and turns what goes wrong into a message and an exit code.</summary>
internal static class CommandAction
{
    /// <summary>Runs it.</summary>
    /// <param name="json">Whether a program reads the output: an error is then an object on standard output too.</param>
    /// <param name="body">What the command does; returns the exit code.</param>
    /// <param name="permit">What is said where findings refused it.</param>
    /// <param name="store">The store that checkpoints of a container that does not run are looked for in; null for the usual one.</param>
    public static int Run(bool json, Func<int> body, string? permit = null, Func<CheckpointStore>? store = null)
    {
        try
        {
            return body();
        }
#pragma warning disable CA1031 // Whatever it is, it is told, and judged by what became of the container.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var verdict = Verdict.Of(failure, StoreOf(store), CurrentProcess.EffectiveUserId == 0);
            return Tell(permit is not null && verdict is { ExitCode: ExitCode.Refused, Findings.Count: > 0 }
                ? verdict with { Message = $"{verdict.Message}\n{permit}" }
                : verdict, json);
        }
    }

    private static CheckpointStore? StoreOf(Func<CheckpointStore>? store)
    {
        try
        {
            return store?.Invoke() ?? StoreOption.Usual();
        }
        catch (LxcNativeException)
        {
            // It is no path: what has failed already is told.
            return null;
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

using LxcNative.Cli.Output;
using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Netlink.Errors;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preparation;
using LxcNative.Orchestrator.Preparation.Configurations;
using LxcNative.Orchestrator.Preparation.Templates;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Cli.Commands;

/// <summary>Runs what a command does, and turns what goes wrong into a message and an exit code.</summary>
internal static class CommandAction
{
    /// <summary>Runs it.</summary>
    /// <param name="json">Whether a program reads the output: an error is then an object on standard output too.</param>
    /// <param name="body">What the command does; returns the exit code.</param>
    public static int Run(bool json, Func<int> body)
    {
        try
        {
            return body();
        }
        catch (Exception e) when (CodeOf(e) is { } code)
        {
            var message = e is OperationCanceledException ? "interrupted before anything was frozen or made" : e.Message;
            ErrorOutput.Write(message);
            if (json)
                JsonOutput.Write(new ErrorReport(message, code, FindingsOf(e)), CliJson.Default.ErrorReport);
            return code;
        }
    }

    private static IReadOnlyList<Finding> FindingsOf(Exception exception) => exception switch
    {
        CheckpointRefusedException refused => refused.Findings,
        CheckpointFailedException failed => failed.Findings,
        _ => [],
    };

    private static int? CodeOf(Exception exception) => exception switch
    {
        CheckpointRefusedException or ContainerException or UnauthorizedAccessException or CriuNotFoundException
            or NetworkLockUnavailableException or NetworkLockRefusedException or PreparationRefusedException
            or MalformedConfigurationException or MalformedArchiveException => ExitCode.Refused,
        PreparationFailedException failed => failed.CleanedUp ? ExitCode.Failed : ExitCode.NeedsAttention,
        CheckpointFailedException failed => failed.ContainerRuns ? ExitCode.Failed : ExitCode.NeedsAttention,
        RestoreFailedException failed => failed.CleanedUp ? ExitCode.Failed : ExitCode.NeedsAttention,
        LinuxException or NetlinkProtocolException or MalformedProcFileException or IOException or OperationCanceledException => ExitCode.Failed,
        _ => null,
    };
}

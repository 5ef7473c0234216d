using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Netlink.Errors;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Execution;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Cli.Commands;

/// <summary>What a failure comes to: the container's state decides the exit code, not what was thrown.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Message">What a person is told.</param>
/// <param name="State">What became of the container; null where that is not known.</param>
/// <param name="Findings">What the pre-flight found, or what is known of criu's error.</param>
internal sealed record Verdict(int ExitCode, string Message, ContainerState? State, IReadOnlyList<Finding> Findings)
{
    /// <summary>Judges.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="store">Where checkpoints of a container are that does not run; null where nobody looks.</param>
    /// <param name="isRoot">Whether the caller is root.</param>
    public static Verdict Of(Exception failure, CheckpointStore? store = null, bool isRoot = true) => failure switch
    {
        InvalidOptionException => Of(failure),
        _ when RootNeed.Of(failure, isRoot) is { } need => new(Cli.ExitCode.Refused, need, ContainerState.Untouched, []),
        ContainerNotFoundException missing when store is not null && KeptCheckpoint.Advice(missing, store) is { } advice =>
            new(Cli.ExitCode.Refused, advice, ContainerState.Untouched, []),
        _ => Of(failure),
    };

    private static Verdict Of(Exception failure) => failure switch
    {
        InvalidOptionException invalid => new(Cli.ExitCode.Usage, $"{OptionName.Of(invalid.Option)}: {invalid.Reason}", ContainerState.Untouched, []),
        ProgramNotFoundException missing => new(Cli.ExitCode.NoSuchProgram, missing.Message, ContainerState.Untouched, []),
        ProgramNotExecutableException unusable => new(Cli.ExitCode.NotExecutable, unusable.Message, ContainerState.Untouched, []),
        RefusedException refused => new(Cli.ExitCode.Refused, refused.Message + Advice(refused), ContainerState.Untouched, refused.Findings),
        FailedException failed => new(CodeOf(failed.State), failed.Message, failed.State, failed.Findings),
        UnauthorizedAccessException or CriuNotFoundException => new(Cli.ExitCode.Refused, failure.Message, ContainerState.Untouched, []),
        OperationCanceledException => new(Cli.ExitCode.Failed, "interrupted before anything was frozen or made", ContainerState.Untouched, []),
        LinuxException or NetlinkProtocolException or MalformedProcFileException or IOException => new(Cli.ExitCode.Failed, failure.Message, null, []),
        _ => new(Cli.ExitCode.NeedsAttention, Fault(failure), null, []),
    };

    private static int CodeOf(ContainerState state) =>
        state is ContainerState.Untouched or ContainerState.RunsOn ? Cli.ExitCode.Failed : Cli.ExitCode.NeedsAttention;

    // What the library knows of in its own words has a name on the command line.
    private static string Advice(RefusedException refused) => refused switch
    {
        NetworkLockHeldException { Holder.EndsWithHolder: false } held => $" (`lxcnative unlock {held.Container ?? "NAME"}` does)",
        ContainerNotFoundException { LxcPath: not null } => " (--lxcpath names another place)",
        _ => "",
    };

    private static string Fault(Exception failure) =>
        $"this is a fault of lxcnative, not of what was asked for: nobody foresaw it, so look after the container (`lxcnative inspect`), and please report "
        + $"this.\n{failure}";
}

using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Failures;
using LxcNative.Orchestrator.Preflight.Rules;
using LxcNative.Orchestrator.Steps;
using Microsoft.Extensions.Logging;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>What a failed dump is told as: by what became of the container, and of the images.</summary>
internal static class CheckpointFailure
{
    // What somebody has not read or accepted yet is nearly always gone the next moment, and is found soon; whoever does not stop is waited for, each time.
    private const int Attempts = 3, AttemptsAtMessages = 5;

    /// <summary>Whether another try may succeed by itself. A process was started inside of a nested namespace between the last look and the freeze, and
    /// criu was not shown the container's own in its place: the next look finds it. Or a task did not stop in criu's time, though nobody traced it at the
    /// last look: a host that stood still itself lets that time run out. Or a message was under way that criu cannot keep: the container reads it.</summary>
    /// <param name="findings">What the try failed by.</param>
    /// <param name="options">How the container is to be checkpointed.</param>
    /// <param name="attempt">Which try it was, from 1.</param>
    public static bool IsOfMoment(IReadOnlyList<Finding> findings, CheckpointOptions options, int attempt) =>
        !options.Force && findings.Any(finding => attempt < AttemptsAt(finding));

    /// <summary>Whether another try may succeed by itself, where nothing is left of the one that failed.</summary>
    /// <param name="failure">What the try ended with.</param>
    /// <param name="options">How the container is to be checkpointed.</param>
    /// <param name="attempt">Which try it was, from 1.</param>
    public static bool IsOfMoment(LxcNativeException failure, CheckpointOptions options, int attempt) => failure switch
    {
        FailedException { State: ContainerState.RunsOn } failed => IsOfMoment(failed.Findings, options, attempt),
        // Only where nothing else is in the way: the pre-flight looks at one moment.
        RefusedException refused => refused.Findings.Any(finding => finding.Blocks)
            && refused.Findings.All(finding => !finding.Blocks || finding.Id is UnixConnectionHalfMade.RuleId or NetlinkPending.RuleId)
            && IsOfMoment(refused.Findings, options, attempt),
        _ => false,
    };

    /// <summary>Finds out, and clears away images that are none.</summary>
    /// <param name="cause">What was thrown.</param>
    /// <param name="stalled">Why criu was ended, in words; null where it was not.</param>
    /// <param name="container">The container as it was found.</param>
    /// <param name="options">How it was to be checkpointed.</param>
    /// <param name="images">Where its images are.</param>
    /// <param name="window">What happened while it stood still.</param>
    /// <param name="abandoned">What a criu that died left of it, and could not be mended.</param>
    /// <param name="attempt">Which try it was, from 1: nothing is left of one that is followed by another.</param>
    /// <param name="log">Told of it.</param>
    public static FailedException Of(
        Exception cause, string? stalled, Container container, CheckpointOptions options, ImageDirectory images, FrozenWindow window,
        IReadOnlyList<string> abandoned, int attempt, ILogger log)
    {
        CheckpointLog.Failed(log, container.Name, cause);
        // A criu that fails says so, and lets everything go; one that died may have taken with it whom it had in its hands.
        var died = window.Asked != 0
            && cause is CriuException { EndedBy: not null } or CriuException { Errno: Errno.ECOMM } or CriuException { LogErrors.Count: 0 };
        if (died)
            AbandonedTasks.Settle(container);
        var troubles = ContainerHealth.Trouble(container) is { } one ? [one] : new List<string>();
        troubles.AddRange(abandoned);
        if (died)
            troubles.AddRange(ContainerHealth.Missing(container));
        var trouble = troubles.Count == 0 ? null : string.Join("; ", troubles);
        var findings = CriuFailureMap.Explain((cause as CriuException)?.LogErrors ?? []);
        var known = CriuFailureMap.Describe(findings);
        // The images were complete before criu let go: whatever failed then, they are all that is left of a container that is gone.
        if (window.Completed > 0 && !options.LeaveRunning && ContainerHealth.IsGone(container))
            return new FailedException(
                $"{container.Name} is dumped, and its images in {images.Path} are complete; what followed failed.\n{cause.Message}{known}",
                ContainerState.Dumped, cause, findings);
        // That the container is in trouble has to be told, whatever becomes of the images: without a manifest they are none.
        var left = new List<string>();
        var refusal = cause is CriuException { InnerException: NotCommittedException refused } && trouble is null ? refused : null;
        var told = refusal?.Findings ?? findings;
        Attempt.Run(left, $"what was written to {images.Path} could not be removed",
            () => images.Discard(keepLog: trouble is null && IsOfMoment(told, options, attempt) ? null : options.LogFile));
        if (refusal is not null)
            return new FailedException($"{container.Name} is not checkpointed, and runs on: {refusal.Message}{CriuFailureMap.Describe(refusal.Findings)}",
                ContainerState.RunsOn, cause, told);
        var state = trouble is null ? $"{container.Name} runs on" : $"ATTENTION: {trouble}";
        var reason = stalled is null ? cause.Message : $"{stalled}. Look at the disk of {images.Path} and at the file systems of the container.";
        var frozen = window.Frozen == 0 ? "before anything was frozen" : "while the container was frozen";
        return new FailedException(
            $"the checkpoint of {container.Name} failed {frozen}; {state}.\n{string.Join('\n', left.Prepend(reason))}{known}",
            trouble is null ? ContainerState.RunsOn : ContainerState.NeedsAttention, cause, findings);
    }

    private static int AttemptsAt(Finding finding) => finding.Id switch
    {
        NestedNamespace.RuleId or TracedProcess.RuleId => Attempts,
        UnixConnectionHalfMade.RuleId or NetlinkPending.RuleId or FailureDescriptions.UnreadMessage => AttemptsAtMessages,
        _ => 0,
    };
}

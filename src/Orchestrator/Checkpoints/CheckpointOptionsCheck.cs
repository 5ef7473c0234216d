using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Refuses options that no checkpoint could have, before anything is started for it.</summary>
internal static class CheckpointOptionsCheck
{
    // libcriu takes seconds as a number of 32 bits; a container that is not frozen after a day is not going to be.
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1), LongestTimeout = TimeSpan.FromDays(1);

    /// <summary>Looks at all of them.</summary>
    /// <exception cref="InvalidOptionException">The first that is wrong.</exception>
    public static void Run(CheckpointOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionRule.Path(nameof(options.ImagesDirectory), options.ImagesDirectory);
        OptionRule.Path(nameof(options.Store), options.Store);
        OptionRule.Path(nameof(options.SigningKey), options.SigningKey);
        if (options.Label is { } label)
            CheckpointLabel.Check(label, reason => new InvalidOptionException(nameof(options.Label), reason));
        if (options is { Restore: true, LeaveRunning: true })
            throw new InvalidOptionException(nameof(options.Restore), "a container that is left running is not restored: choose one of the two");
        if (options.PreCopy is { } copy)
            Check(copy, options);
        OptionRule.LogFile(nameof(options.LogFile), options.LogFile);
        OptionRule.Verbosity(nameof(options.Verbosity), options.Verbosity);
        OptionRule.Externals(nameof(options.External), options.External);
        OptionRule.Word(nameof(options.ManageCgroups), options.ManageCgroups);
        OptionRule.Word(nameof(options.Lock), options.Lock);
        OptionRule.Word(nameof(options.Network), options.Network);
        OptionRule.Word(nameof(options.Tmpfs), options.Tmpfs);
        OptionRule.Word(nameof(options.Rehearse), options.Rehearse);
        OptionRule.Program(nameof(options.CommitCommand), options.CommitCommand);
        OptionRule.Patience(nameof(options.StallTimeout), options.StallTimeout);
        OptionRule.Patience(nameof(options.RehearsalTimeout), options.RehearsalTimeout);
        OptionRule.Patience(nameof(options.CommitTimeout), options.CommitTimeout);
        if (options.Timeout is { } timeout && (timeout < ShortestTimeout || timeout > LongestTimeout))
            throw new InvalidOptionException(nameof(options.Timeout),
                $"{timeout.TotalSeconds:0.###} is no time from 1 to {LongestTimeout.TotalSeconds:0} seconds");
    }

    private static void Check(PreCopy copy, CheckpointOptions options)
    {
        if (!options.LeaveRunning)
            throw new InvalidOptionException(nameof(options.PreCopy),
                "memory is copied beforehand for a container that is left running: one that ends stands still until its images are complete");
        if (copy.MaxRounds is < 1 or > 1000)
            throw new InvalidOptionException(nameof(copy.MaxRounds), $"{copy.MaxRounds} is no number of rounds from 1 to 1000");
        if (copy.MaxPause < TimeSpan.Zero || copy.MaxPause > LongestTimeout)
            throw new InvalidOptionException(nameof(copy.MaxPause), $"{copy.MaxPause.TotalMilliseconds:0.###} is no time for a pause, in milliseconds");
    }
}

using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Refuses options that no restore could have, before anything is started for it.</summary>
internal static class RestoreOptionsCheck
{
    private static readonly string[] SecurityModules = ["apparmor:", "selinux:"];

    /// <summary>Looks at all of them.</summary>
    /// <exception cref="InvalidOptionException">The first that is wrong.</exception>
    public static void Run(RestoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionRule.Path(nameof(options.Root), options.Root);
        OptionRule.LogFile(nameof(options.LogFile), options.LogFile);
        OptionRule.Verbosity(nameof(options.Verbosity), options.Verbosity);
        OptionRule.Word(nameof(options.Lock), options.Lock);
        OptionRule.Externals(nameof(options.External), options.External);
        if (options.LsmProfile is { } profile && profile != RestoreOptions.Unconfined
            && !SecurityModules.Any(module => profile.StartsWith(module, StringComparison.Ordinal) && profile.Length > module.Length))
            throw new InvalidOptionException(nameof(options.LsmProfile),
                $"\"{profile}\" is none of apparmor:PROFILE, selinux:LABEL and {RestoreOptions.Unconfined}");
        foreach (var pair in options.VethPairs)
            Check(pair);
        if (options.VethPairs.GroupBy(pair => pair.Inside, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidOptionException(nameof(options.VethPairs), $"{twice.Key} is named twice");
        CheckPidFile(options);
    }

    private static void Check(VethPairOption pair)
    {
        try
        {
            _ = VethPairOption.Parse(pair.Bridge is null ? $"{pair.Inside}={pair.Host}" : $"{pair.Inside}={pair.Host}@{pair.Bridge}");
        }
        catch (FormatException e)
        {
            throw new InvalidOptionException(nameof(RestoreOptions.VethPairs), e.Message);
        }
    }

    // It is written when the container runs already: what can be known of it is found out before.
    private static void CheckPidFile(RestoreOptions options)
    {
        OptionRule.Path(nameof(options.PidFile), options.PidFile);
        if (options.PidFile is not { } file)
            return;
        if (Directory.Exists(file))
            throw new InvalidOptionException(nameof(options.PidFile), $"{file} is a directory");
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } directory && !Directory.Exists(directory))
            throw new InvalidOptionException(nameof(options.PidFile), $"there is no directory {directory}");
    }
}

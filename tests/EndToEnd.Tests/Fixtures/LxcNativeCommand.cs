namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>The published command as a user runs it.</summary>
public static class LxcNativeCommand
{
    /// <summary>The path in LXCNATIVE, or what eng/build makes.</summary>
    public static string Executable { get; } =
        Environment.GetEnvironmentVariable("LXCNATIVE") is { Length: > 0 } path ? path : Path.Combine(Repository.Root, "out", "lxcnative");

    /// <summary>Runs it to its end, whatever the exit code.</summary>
    public static LxcNativeResult Run(params IReadOnlyCollection<string> arguments) => Run(arguments, environment: null);

    /// <summary>Runs it with variables added to the environment; a null value removes one.</summary>
    public static LxcNativeResult Run(IReadOnlyCollection<string> arguments, IReadOnlyDictionary<string, string?>? environment, TimeSpan? timeout = null)
    {
        var result = Command.Run(Executable, arguments, environment, timeout: timeout);
        return new LxcNativeResult(result.CommandLine, result.ExitCode, result.Output, result.Error);
    }
}

using LxcNative.Orchestrator.Restores;

namespace LxcNative.Cli.Output;

/// <summary>A restore's result for people.</summary>
internal static class RestoreOutput
{
    /// <summary>Writes it. The pid is the only thing on standard output, so that a script can take it.</summary>
    public static void Write(RestoreResult result)
    {
        foreach (var warning in result.Warnings)
            ErrorOutput.Warn(warning);
        Console.Error.WriteLine(
            $"{result.Name}: runs again after {Duration.Format(result.Timings.Total)}" +
            $"{(result.MonitorPid == 0 ? ", left to the host's init" : $"; its monitor is process {result.MonitorPid}")}.");
        Console.Out.WriteLine(result.Pid);
    }
}

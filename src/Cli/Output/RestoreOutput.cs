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
        if (result.Comparison is { } comparison)
            foreach (var line in ComparisonOutput.Lines(comparison).Concat(comparison.NotCompared.Select(one => $"not compared: {one}")))
                Console.Error.WriteLine(line);
        Console.Error.WriteLine(Line(result));
        Console.Out.WriteLine(result.Pid);
    }

    /// <summary>What a person is told: that it runs, and from which checkpoint.</summary>
    public static string Line(RestoreResult result) =>
        $"{result.Name}: runs again after {Duration.Format(result.Timings.Total)}, from its checkpoint "
        + (result.Label is { } label ? $"{PrintableText.OneLine(label)} " : "")
        + (result.Created is { } created ? $"of {Moment.Format(created)} " : "") + $"({PrintableText.OneLine(result.ImagesDir)})"
        + $"{(result.MonitorPid == 0 ? "; left to the host's init" : $"; its monitor is process {result.MonitorPid}")}.";
}

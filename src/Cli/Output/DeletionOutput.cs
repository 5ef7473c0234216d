using LxcNative.Cli.Commands;
using LxcNative.Cli.Output.Reports;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Cli.Output;

/// <summary>What was deleted, for people and for programs.</summary>
internal static class DeletionOutput
{
    /// <summary>Writes it.</summary>
    /// <param name="deleted">What became of each that was to be deleted.</param>
    /// <param name="dryRun">Whether nothing was done.</param>
    /// <param name="json">Whether a program reads it.</param>
    /// <param name="choice">Why those; null where they were named.</param>
    /// <returns>The exit code: that of the gravest failure.</returns>
    public static int Write(IReadOnlyList<DeletedCheckpoint> deleted, bool dryRun, bool json, RetentionChoice? choice = null)
    {
        if (json)
            JsonOutput.Write(DeletionReport.Of(deleted, dryRun, choice), CliJson.Default.DeletionReport);
        else
            foreach (var line in Lines(deleted, dryRun, choice))
                Console.Out.WriteLine(line);
        foreach (var left in deleted.SelectMany(one => one.Left))
            ErrorOutput.Warn($"{left} is no part of the checkpoint, and was left");
        foreach (var failure in deleted.Select(one => one.Failure).OfType<Exception>())
            ErrorOutput.Write(failure.Message);
        // Where one failed in the middle, that is what is told; a refusal changed nothing.
        var codes = deleted.Select(one => one.Failure).OfType<Exception>().Select(failure => Verdict.Of(failure).ExitCode).ToList();
        return codes.Count == 0 ? ExitCode.Done : codes.Contains(ExitCode.Failed) ? ExitCode.Failed : codes.Max();
    }

    /// <summary>A line each, and a sum where they were chosen.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<DeletedCheckpoint> deleted, bool dryRun, RetentionChoice? choice)
    {
        var done = deleted.Where(one => one.Failure is null).ToList();
        foreach (var one in done)
            yield return $"{(dryRun ? "would delete" : "deleted")} {PrintableText.OneLine(one.Checkpoint.Reference ?? one.Checkpoint.Directory)} "
                + $"({Duration.FormatBytes(one.Checkpoint.Bytes)})";
        if (choice is not null)
            yield return $"{done.Count} {(dryRun ? "to be deleted" : "deleted")} ({Duration.FormatBytes(done.Sum(one => one.Checkpoint.Bytes))}), "
                + $"{choice.Kept.Count} kept ({Duration.FormatBytes(choice.BytesKept)})";
    }
}

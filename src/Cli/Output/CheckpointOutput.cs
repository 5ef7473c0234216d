using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Cli.Output;

/// <summary>A checkpoint's result for people.</summary>
internal static class CheckpointOutput
{
    /// <summary>Writes it. The images directory is the only thing on standard output, so that a script can take it.</summary>
    public static void Write(CheckpointResult result)
    {
        foreach (var warning in result.Warnings)
            ErrorOutput.Warn(warning);
        var time = result.Timings;
        if (result.Restored is { } restored)
            Console.Error.WriteLine(
                $"{result.Name}: runs again in its own place, from its checkpoint; it was away for {Duration.Format(time.Away)}. Its init is process "
                + $"{restored.Pid}, its monitor {restored.MonitorPid}.");
        if (result.PreCopied.Count > 0)
            Console.Error.WriteLine($"{result.Name}: memory copied while it ran: "
                + string.Join(", then ", result.PreCopied.Select(round => $"{Duration.FormatBytes(round.Bytes)} in {Duration.Format(round.Took)}")) + ".");
        Console.Error.WriteLine(
            $"{result.Name}: checkpointed{(result.LeftRunning ? ", and runs on" : "")}. It stood still for {Duration.Format(time.Pause)} " +
            $"(freeze {Duration.Format(time.Freeze)}, lock {Duration.Format(time.Lock)}, dump {Duration.Format(time.Dump)}" +
            $"{(time.Rehearsal > TimeSpan.Zero ? $", rehearsal {Duration.Format(time.Rehearsal)}" : "")}" +
            $"{(result.LeftRunning ? $", unlock {Duration.Format(time.Unlock)}" : "")}); {Duration.Format(time.Total)} in all, "
            + $"{Duration.FormatBytes(result.ImagesBytes)} of images." +
            (result.Packets.Held > 0 ? $" Packets held meanwhile: {result.Packets.Held}." : ""));
        Console.Out.WriteLine(result.ImagesDir);
    }
}

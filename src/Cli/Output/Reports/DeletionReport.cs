using LxcNative.Orchestrator.Storage;

namespace LxcNative.Cli.Output.Reports;

/// <summary>What <c>delete --json</c> and <c>prune --json</c> write.</summary>
/// <param name="DryRun">Whether nothing was done.</param>
/// <param name="Deleted">What was, or would be, deleted.</param>
/// <param name="BytesKept">What those that were kept take; null where checkpoints were named.</param>
internal sealed record DeletionReport(bool DryRun, IReadOnlyList<DeletionReport.One> Deleted, long? BytesKept)
{
    /// <summary>The report of a deletion.</summary>
    public static DeletionReport Of(IReadOnlyList<DeletedCheckpoint> deleted, bool dryRun, RetentionChoice? choice) => new(
        dryRun, [.. deleted.Select(one => new One(one.Checkpoint.Container, one.Checkpoint.Reference, one.Checkpoint.Directory, one.Checkpoint.Bytes, one.Left,
            one.Failure?.Message))], choice?.BytesKept);

    /// <summary>One checkpoint.</summary>
    /// <param name="Container">The container's name.</param>
    /// <param name="Checkpoint">How it was named in the store.</param>
    /// <param name="ImagesDir">Its directory.</param>
    /// <param name="Bytes">The sizes of its files.</param>
    /// <param name="Left">What was left in it.</param>
    /// <param name="Error">Why it was not deleted; null where it was.</param>
    internal sealed record One(string? Container, string? Checkpoint, string ImagesDir, long Bytes, IReadOnlyList<string> Left, string? Error);
}

using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Cli.Output.Reports;

/// <summary>A checkpoint that is kept, as <c>list --json</c> writes it.</summary>
/// <param name="Container">The container's name; null where nothing tells it.</param>
/// <param name="LxcPath">Where LXC kept it.</param>
/// <param name="Checkpoint">How delete and restore name it, NAME/TIME; null for one outside of the store.</param>
/// <param name="ImagesDir">Its directory, absolute.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Name">What it was called.</param>
/// <param name="Bytes">The sizes of its files.</param>
/// <param name="Pause">How long the container stood still, in microseconds.</param>
/// <param name="Complete">Whether all images are there.</param>
/// <param name="Restorable">Whether a restore would begin here and now.</param>
/// <param name="Findings">What a restore would be told.</param>
internal sealed record StoredReport(
    string? Container, string? LxcPath, string? Checkpoint, string ImagesDir, DateTimeOffset Created, string? Name, long Bytes, long? Pause, bool Complete,
        bool Restorable,
    IReadOnlyList<StoredReport.Told> Findings)
{
    /// <summary>The report of a checkpoint.</summary>
    public static StoredReport Of(StoredCheckpoint one) => new(
        one.Container, one.LxcPath, one.Reference, one.Directory, one.Created, one.Label, one.Bytes, one.Pause is { } pause ? Duration.Microseconds(pause)
            : null, one.IsComplete,
        one.IsRestorable, [.. one.Findings.Select(finding => new Told(finding.Id, finding.Severity, finding.Seen))]);

    /// <summary>One finding; <c>check -D</c> tells more of it.</summary>
    /// <param name="Id">Its rule.</param>
    /// <param name="Severity">How grave it is.</param>
    /// <param name="Seen">What was seen.</param>
    internal sealed record Told(string Id, FindingSeverity Severity, string Seen);
}

using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Cli.Output;

/// <summary>Checkpoints for people.</summary>
internal static class StoreOutput
{
    /// <summary>The finding that says that the container runs.</summary>
    public const string Running = "LXN201";

    private static readonly string[] s_head = ["CONTAINER", "WHEN", "NAME", "SIZE", "PAUSE", "COMPLETE", "RESTORABLE", "CHECKPOINT"];

    /// <summary>Writes them; where there is none a person is told, and a script reads nothing.</summary>
    public static void Write(IReadOnlyList<StoredCheckpoint> checkpoints, string none)
    {
        if (checkpoints.Count == 0)
            Console.Error.WriteLine(none);
        foreach (var line in checkpoints.Count == 0 ? [] : Lines(checkpoints))
            Console.Out.WriteLine(line);
    }

    /// <summary>The lines, with a head.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<StoredCheckpoint> checkpoints) => Columns.Lines([s_head, .. checkpoints.Select(Row)]);

    private static string[] Row(StoredCheckpoint one) =>
    [
        Name(one.Container),
        Moment.Format(one.Created),
        Name(one.Label),
        Duration.FormatBytes(one.Bytes),
        one.Pause is { } pause ? Duration.Format(pause) : "-",
        one.IsComplete ? "yes" : one.HasManifest ? "damaged" : "no",
        Restorable(one),
        PrintableText.OneLine(one.Reference ?? one.Directory),
    ];

    // The usual reason, and none to worry about: what else stands in the way, such as its names on the host, does because it runs.
    private static string Restorable(StoredCheckpoint one)
    {
        var blocking = one.Findings.Where(finding => finding.Severity >= FindingSeverity.BlocksRestore).Select(finding => finding.Id)
            .Distinct(StringComparer.Ordinal).ToList();
        return one.IsRestorable ? "yes" : one.IsComplete && blocking.Contains(Running) ? "it runs" : blocking.Count == 0 ? "no"
            : $"no ({string.Join(", ", blocking)})";
    }

    private static string Name(string? text) => text is null ? "-" : PrintableText.OneLine(text);
}

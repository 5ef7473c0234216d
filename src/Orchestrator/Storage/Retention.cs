namespace LxcNative.Orchestrator.Storage;

/// <summary>Which checkpoints are to be kept. Of each container the newest complete one is, whatever else is said, unless <see cref="EvenLast"/>.</summary>
public sealed record Retention
{
    /// <summary>Not completed ones that are younger may be under way.</summary>
    private static readonly TimeSpan Begun = TimeSpan.FromHours(1);

    /// <summary>The newest complete ones of each container that are kept, whatever their age; null for no number.</summary>
    public int? Keep { get; init; }

    /// <summary>The age from which on they are not kept; null for no age. Together with <see cref="Keep"/>, those beyond the number are removed only from this
    /// age on.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>The bytes that all of them together may take: the oldest are removed until they do; null for any size.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Whether the only complete checkpoint of a container may be removed as well.</summary>
    public bool EvenLast { get; init; }

    /// <summary>Chooses; nothing is read or changed.</summary>
    /// <param name="all">The checkpoints.</param>
    /// <param name="now">The time that ages are counted from.</param>
    public RetentionChoice Choose(IEnumerable<StoredCheckpoint> all, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(all);
        var checkpoints = all.OrderByDescending(one => one.Created).ThenBy(one => one.Directory, StringComparer.Ordinal).ToList();
        var removed = new List<StoredCheckpoint>();
        var spare = new List<StoredCheckpoint>();
        foreach (var container in checkpoints.Where(one => one.IsComplete).GroupBy(one => (one.LxcPath, one.Container)))
        {
            // Those of equal right, the newest first: what the number and the last one's right keep is beyond discussion.
            var beyond = container.Skip(Math.Max(Keep ?? 0, EvenLast ? 0 : 1)).ToList();
            removed.AddRange(beyond.Where(one => IsOver(one, now)));
            spare.AddRange(beyond.Where(one => !IsOver(one, now)));
        }

        // A damaged one may be all that is left of a container: somebody else has to decide.
        removed.AddRange(checkpoints.Where(one => !one.IsComplete && !one.HasManifest && now - one.Created > (OlderThan > Begun ? OlderThan : Begun)));
        var bytes = checkpoints.Except(removed).Sum(one => one.Bytes);
        foreach (var one in spare.OrderBy(one => one.Created).TakeWhile(_ => bytes > MaxBytes))
        {
            removed.Add(one);
            bytes -= one.Bytes;
        }

        return new RetentionChoice([.. removed.OrderBy(one => one.Created)], [.. checkpoints.Except(removed)], bytes);
    }

    private bool IsOver(StoredCheckpoint one, DateTimeOffset now) => (Keep is not null || OlderThan is not null)
        && (OlderThan is not { } age || now - one.Created > age);
}

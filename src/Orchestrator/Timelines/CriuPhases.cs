using LxcNative.Native.Criu;

namespace LxcNative.Orchestrator.Timelines;

/// <summary>What criu did when: read from its log, which has to be of level 4.</summary>
internal static class CriuPhases
{
    /// <summary>The level at which criu's log has them.</summary>
    public const int LogLevel = 4;

    private const double MicrosecondsPerSecond = 1e6;
    private const string TaskMarker = "Dumping task (pid: ";

    /// <summary>The first line of a dump's phases.</summary>
    public static readonly CriuPhase[] Dump =
    [
        new("Dumping processes (pid:", "start"),
        new("Running pre-dump scripts", "pre-dump"),
        new("irmap: Searching", "inventory"),
        new("Seized task", "seize tasks"),
        new("Running network-lock scripts", "network-lock"),
        new("RPC NOTIFY query-ext-files", "mounts"),
        new("net: Collecting netns", "sockets"),
        new("Collecting pidns", "pid namespaces"),
        new(TaskMarker, null),
        new("mnt: Dumping mountpoints", "mount table"),
        new("Dumping pstree", "process tree"),
        new("Dump UTS namespace", "uts namespace"),
        new("Dump IPC namespace", "ipc namespace"),
        new("Dump NET namespace info", "conntrack"),
        new("Namespaces dump complete", "namespaces"),
        new("cg: Dumping", "cgroups"),
        new("Writing image inventory", "inventory"),
        new("Running post-dump scripts", "post-dump"),
        new("net: Unlock network", "network-unlock"),
        new("Unfreezing tasks", "let tasks go"),
        new("Writing stats", "statistics"),
    ];

    /// <summary>The first line of a restore's phases.</summary>
    public static readonly CriuPhase[] Restore =
    [
        new("cg: Preparing cgroups", "cgroups"),
        new("Running pre-restore scripts", "pre-restore"),
        new("Forking task with 1 pid", "init"),
        new("Running setup-namespaces scripts", "setup-namespaces"),
        new("Restoring namespaces", "namespaces"),
        new("mnt: Restoring mount namespace", "mounts"),
        new("Running post-setup-namespaces scripts", "post-setup-namespaces"),
        new("Preparing info about shared resources", "tasks"),
        new("Restoring resources", "files, memory"),
        new("Running post-restore scripts", "post-restore"),
        new("net: Unlock network", "network-unlock"),
        new("Running pre-resume scripts", "pre-resume"),
        new("Restore finished successfully", "resumed"),
    ];

    /// <summary>The phases, in microseconds of the clock of the anchors.</summary>
    /// <param name="log">criu's log.</param>
    /// <param name="phases">What begins a phase.</param>
    /// <param name="anchors">Lines with the moment at which what they tell of reached this side, which is a little later.</param>
    /// <param name="end">When it was over.</param>
    public static IReadOnlyList<RecordedSpan> Read(IReadOnlyList<CriuLogEntry> log, IReadOnlyList<CriuPhase> phases,
        IReadOnlyList<(string Marker, long At)> anchors, long end)
    {
        if (Offset(log, anchors) is not { } offset)
            return [];
        var spans = new List<RecordedSpan>();
        var seen = new HashSet<CriuPhase>();
        var (name, track, start) = ("kernel probing", Track.Criu, offset);
        foreach (var entry in log)
        {
            if (entry.Time is not { } time || phases.FirstOrDefault(one => entry.Text.StartsWith(one.Marker, StringComparison.Ordinal)) is not { } phase
                || (!seen.Add(phase) && phase.Name is not null))
                continue;
            var at = Math.Clamp(offset + Microseconds(time), start, Math.Max(start, end));
            spans.Add(new RecordedSpan(track, name, start, at));
            (name, track, start) = (phase.Name ?? TaskName(entry.Text), phase.Name is null ? Track.Tasks : Track.Criu, at);
        }

        if (end > start)
            spans.Add(new RecordedSpan(track, name, start, end));
        return spans;
    }

    // criu's clock begins with its log. What it tells arrives here later, never earlier: the least delay is the truest.
    private static long? Offset(IReadOnlyList<CriuLogEntry> log, IReadOnlyList<(string Marker, long At)> anchors)
    {
        long? offset = null;
        foreach (var (marker, at) in anchors)
            if (log.FirstOrDefault(entry => entry.Time is not null && entry.Text.StartsWith(marker, StringComparison.Ordinal)) is { Time: { } time }
                && at - Microseconds(time) is var candidate && (offset is null || candidate < offset))
                offset = candidate;
        return offset;
    }

    private static long Microseconds(double seconds) => (long)Math.Round(seconds * MicrosecondsPerSecond);

    // "Dumping task (pid: 15004 comm: init)"
    private static string TaskName(string text)
    {
        var rest = text[TaskMarker.Length..];
        var comm = rest.IndexOf(" comm: ", StringComparison.Ordinal);
        return comm > 0 && rest.EndsWith(')') ? $"{rest[(comm + " comm: ".Length)..^1]} ({rest[..comm]})" : rest;
    }
}

using System.Text.Json;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Steps;

/// <summary>Takes back what runs left whose processes are dead. May be run any number of times, and beside runs that are healthy.</summary>
public static class Recovery
{
    /// <summary>Takes it back.</summary>
    /// <param name="dryRun">Only tell.</param>
    /// <returns>One for each such run.</returns>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static IReadOnlyList<RecoveredRun> Run(bool dryRun = false)
    {
        RootOnly.Require("looking for what a killed run left");
        if (!Directory.Exists(RunDirectory.Journals))
            return [];
        return [.. Directory.EnumerateFiles(RunDirectory.Journals).Order(StringComparer.Ordinal).Select(path => Recover(path, dryRun)).OfType<RecoveredRun>()];
    }

    /// <summary>Takes it back, and tells whose container it was what concerns it.</summary>
    /// <param name="container">The container's name.</param>
    internal static IReadOnlyList<string> RunBefore(string container) =>
        [.. Run().Where(run => run.Container == container).Select(run => run.Told).OfType<string>()];

    private static RecoveredRun? Recover(string path, bool dryRun)
    {
        if (Read(path) is not { } seen || Parse(seen[0], JournalJson.Default.JournalHeader) is not { } header
            || !new ProcessIdentity(header.Owner, header.OwnerStartTime).HasEnded)
            return null;
        // Whoever restores it just now has looked for what is left already.
        using var claim = dryRun ? null : ContainerClaim.TryTake(header.Purpose, header.Container);
        // A run that came to its end between the two looks has left nothing, and its names may be another's.
        if ((claim is null && !dryRun) || Read(path) is not { } lines)
            return null;
        var entries = lines.Skip(1).Select(line => Parse(line, JournalJson.Default.JournalEntry)).OfType<JournalEntry>().ToList();
        var isSettled = entries.Any(entry => entry.IsSettled());
        var undos = entries.Where(entry => !isSettled || entry.Lifetime == Lifetime.Container).SelectMany(entry => entry.Undo).Reverse().ToList();
        var left = new List<string>();
        if (!dryRun)
        {
            foreach (var undo in undos)
                Attempt.Run(left, undo.What, undo.Recover);
            if (left.Count == 0)
                File.Delete(path);
        }

        return new RecoveredRun(header.Purpose, header.Container, [.. undos.Select(undo => undo.What)], left);
    }

    private static string[]? Read(string path)
    {
        try
        {
            return File.ReadAllLines(path) is { Length: > 0 } lines ? lines : null;
        }
        catch (FileNotFoundException)
        {
            // Another recovery was faster, or the run came to its end.
            return null;
        }
    }

    // The last line of a journal on a full file system may be half of one: what it tells of was not made.
    private static T? Parse<T>(string line, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}

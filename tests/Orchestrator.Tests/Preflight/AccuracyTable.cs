using System.Collections.Concurrent;
using System.Text;
using LxcNative.EndToEnd.Tests.Accuracy;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>Collects what was predicted and what criu said, and writes the page of it when all states were tried: below out/, or where eng/accuracy wants
/// it.</summary>
public sealed class AccuracyTable : IDisposable
{
    private readonly ConcurrentDictionary<string, Row> _rows = new(StringComparer.Ordinal);

    internal void Add(string key, Row row) => _rows[key] = row;

    public void Dispose()
    {
        if (StateCases.All.Keys.All(_rows.ContainsKey))
            File.WriteAllText(AccuracyFiles.Page, Write());
    }

    private string Write()
    {
        var rows = StateCases.All.Select(one => (Case: one.Value, Row: _rows[one.Key])).ToList();
        var made = rows.Where(one => one.Row.Impossible is null).ToList();
        var restored = RestoredRows.Read();
        var text = new StringBuilder("""
            # How well the pre-flight predicts criu, and what comes back

            Written by `eng/accuracy`. Each state is really made, twice. In a small container of its own (`tests/Orchestrator.Tests/Preflight/states.c`) the pre-flight looks at it, and then
            criu is made to dump it. And in a container of LXC `lxcnative checkpoint` and `lxcnative restore` are run, and the restored container is compared with the one that was
            (processes, descriptors, mounts, network, cgroups): a checkpoint is judged by its restore. Numbers in criu's messages are replaced by N.


            """);
        void Count(string what, int count) => text.Append($"| {what} | {count} |\n");
        text.Append("| dumped by criu | |\n|---|---|\n");
        Count("states made", made.Count);
        Count("criu refuses, foreseen with its message", made.Count(one => one.Row.Verdict == "foreseen"));
        Count("criu dumps, nothing blocking found", made.Count(one => one.Row.Verdict == "agreed"));
        Count("refused by lxcnative alone", made.Count(one => one.Row.Verdict == "refused by lxcnative alone"));
        Count("dumped by lxcnative alone (criu by itself refuses)", made.Count(one => one.Row.Verdict == "dumped by lxcnative alone"));
        Count("misses (criu refuses, not foreseen)", made.Count(one => one.Row.Verdict.StartsWith("miss", StringComparison.Ordinal)));
        Count("false alarms (criu dumps what was called blocking)", made.Count(one => one.Row.Verdict == "false alarm"));
        Count("states that cannot be made on the machine of this run", rows.Count - made.Count);
        text.Append("\n| checkpointed and restored | |\n|---|---|\n");
        foreach (var verdict in (string[])[RestoredState.ComesBack, RestoredState.Differs, RestoredState.Refused, RestoredState.RunsOn, RestoredState.Lost,
            RestoredState.NotMade])
            Count(verdict, RestoredStates.All.Count(one => restored.Verdict(one) == verdict));
        text.Append("\n## What criu refuses\n\n| state | predicted | criu's message | verdict | restored |\n|---|---|---|---|---|\n");
        foreach (var (one, row) in made.Where(pair => StateCases.Refused.Contains(pair.Case)))
            text.Append($"| {one}{(one.Note is null ? "" : $" ({one.Note})")} | {row.Predicted} | {Cell(row.Criu)} | {row.Verdict} | "
                + $"{restored.Cell(one.ToString())} |\n");
        text.Append("\n## Healthy containers\n\n| state | predicted | criu | verdict | restored |\n|---|---|---|---|---|\n");
        foreach (var (one, row) in made.Where(pair => StateCases.Healthy.Contains(pair.Case)))
            text.Append($"| {one}{(one.Note is null ? "" : $" ({one.Note})")} | {row.Predicted} | {Cell(row.Criu)} | {row.Verdict} | "
                + $"{restored.Cell(one.ToString())} |\n");
        text.Append("\n## Made by LXC\n\nConsoles, terminals, networks, roots and limits of LXC's configuration "
            + "(`tests/EndToEnd.Tests/Accuracy/LxcStates.cs`).\n\n| state | restored |\n|---|---|\n");
        foreach (var one in RestoredStates.OfLxc)
            text.Append($"| {one} | {restored.Cell(one.ToString())} |\n");
        text.Append("\n## Not made here\n\n| state | rule | why not |\n|---|---|---|\n");
        foreach (var (one, row) in rows.Where(pair => pair.Row.Impossible is not null))
            text.Append($"| {one} | {one.Rule ?? "none"} | {Cell(row.Impossible!)} |\n");
        text.Append("\n## Rules without a state\n\n| rule | why |\n|---|---|\n");
        foreach (var (id, reason) in UntriedRules.Reasons)
            text.Append($"| {id} {RuleCatalog.Find(id)!.Title} | {reason} |\n");
        text.Append("\n## What criu refuses and nobody can see from outside\n\n| what | criu's message |\n|---|---|\n");
        foreach (var (what, message) in UntriedRules.Invisible)
            text.Append($"| {what} | {Cell(message)} |\n");
        return text.ToString();
    }

    private static string Cell(string text) => text.Length == 0 ? "dumps" : $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";

    internal sealed record Row(string Predicted, string Criu, string Verdict, string? Impossible = null);
}

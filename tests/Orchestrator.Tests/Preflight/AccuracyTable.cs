using System.Collections.Concurrent;
using System.Text;
using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>Collects what was predicted and what criu said, and writes docs/preflight-accuracy.md when all states were tried.</summary>
public sealed class AccuracyTable : IDisposable
{
    private readonly ConcurrentDictionary<string, Row> _rows = new(StringComparer.Ordinal);

    internal void Add(string key, Row row) => _rows[key] = row;

    public void Dispose()
    {
        if (StateCases.All.Keys.All(_rows.ContainsKey))
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(StateProgram.Repository, "docs")).FullName, "preflight-accuracy.md"), Write());
    }

    private string Write()
    {
        var rows = StateCases.All.Select(one => (Case: one.Value, Row: _rows[one.Key])).ToList();
        var made = rows.Where(one => one.Row.Impossible is null).ToList();
        var text = new StringBuilder("""
            # How well the pre-flight predicts criu

            Written by `PreflightAccuracyTests`: each state was really made in a container of its own (`tests/Orchestrator.Tests/Preflight/states.c`), the
            pre-flight looked at it, and then criu was made to dump it. Numbers in criu's messages are replaced by N.


            """);
        text.Append("| | |\n|---|---|\n");
        text.Append($"| states made | {made.Count} |\n");
        text.Append($"| criu refuses, foreseen with its message | {made.Count(one => one.Row.Verdict == "foreseen")} |\n");
        text.Append($"| criu dumps, nothing blocking found | {made.Count(one => one.Row.Verdict == "agreed")} |\n");
        text.Append($"| refused by lxcnative alone | {made.Count(one => one.Row.Verdict == "refused by lxcnative alone")} |\n");
        text.Append($"| misses (criu refuses, not foreseen) | {made.Count(one => one.Row.Verdict.StartsWith("miss", StringComparison.Ordinal))} |\n");
        text.Append($"| false alarms (criu dumps what was called blocking) | {made.Count(one => one.Row.Verdict == "false alarm")} |\n");
        text.Append($"| states that cannot be made on the machine of this run | {rows.Count - made.Count} |\n");
        text.Append("\n## What criu refuses\n\n| state | predicted | criu's message | verdict |\n|---|---|---|---|\n");
        foreach (var (one, row) in made.Where(pair => StateCases.Refused.Contains(pair.Case)))
            text.Append($"| {one}{(one.Note is null ? "" : $" ({one.Note})")} | {row.Predicted} | {Cell(row.Criu)} | {row.Verdict} |\n");
        text.Append("\n## Healthy containers\n\n| state | predicted | criu | verdict |\n|---|---|---|---|\n");
        foreach (var (one, row) in made.Where(pair => StateCases.Healthy.Contains(pair.Case)))
            text.Append($"| {one}{(one.Note is null ? "" : $" ({one.Note})")} | {row.Predicted} | {Cell(row.Criu)} | {row.Verdict} |\n");
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

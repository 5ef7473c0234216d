using System.Globalization;
using System.Text;

namespace LxcNative.EndToEnd.Tests.Chaos;

/// <summary>What happened in how many runs, as a table.</summary>
internal sealed class ChaosReport(int seed)
{
    private readonly SortedDictionary<string, int[]> _rows = new(StringComparer.Ordinal);
    private readonly List<string> _violations = [];

    public int Runs { get; private set; }

    public IReadOnlyList<string> Violations => _violations;

    public void Add(string command, Fault fault, bool wasHit, string outcome)
    {
        Runs++;
        var row = Row(command, fault);
        row[0]++;
        row[1] += wasHit ? 1 : 0;
        row[outcome switch
        {
            "runs" => 2,
            "dumped" => 3,
            _ => 4,
        }]++;
    }

    public void Violation(string command, Fault fault, string what)
    {
        Row(command, fault)[5]++;
        _violations.Add($"run {Runs}, {command}, {fault}: {what}");
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Runs} runs, seed {seed}, {_violations.Count} violations\n\n");
        text.Append("| command | fault | runs | hit | it runs (again) | it is dumped, and came back | a task was lost, and that was said | violations |\n");
        text.Append("|---|---|---:|---:|---:|---:|---:|---:|\n");
        foreach (var (name, row) in _rows)
            text.Append("| ").Append(name).Append(" | ").AppendJoin(" | ", row).Append(" |\n");
        foreach (var violation in _violations)
            text.Append("\n* ").Append(violation);
        return text.ToString();
    }

    private int[] Row(string command, Fault fault)
    {
        var name = $"{command} | {fault}";
        return _rows.TryGetValue(name, out var row) ? row : _rows[name] = new int[6];
    }
}

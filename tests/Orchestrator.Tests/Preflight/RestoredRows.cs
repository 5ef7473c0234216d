using LxcNative.EndToEnd.Tests.Accuracy;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>What the end-to-end tests left of the states that they restored.</summary>
internal sealed class RestoredRows
{
    private readonly Dictionary<string, (string Verdict, string Detail)> _rows;

    private RestoredRows(Dictionary<string, (string Verdict, string Detail)> rows) => _rows = rows;

    /// <summary>Reads it; a state that was not tried has no row.</summary>
    public static RestoredRows Read() => new(!File.Exists(AccuracyFiles.Restored) ? [] : File.ReadLines(AccuracyFiles.Restored).Select(line => line.Split('\t'))
        .ToDictionary(fields => fields[0], fields => (fields[1], fields[2]), StringComparer.Ordinal));

    /// <summary>What became of a state, or null.</summary>
    public string? Verdict(RestoredState one) => _rows.TryGetValue(one.ToString(), out var row) ? row.Verdict : null;

    /// <summary>The same as a cell of the table, with the reason.</summary>
    public string Cell(string state)
    {
        if (!_rows.TryGetValue(state, out var row))
            return "not tried";
        var why = RestoredStates.All.First(one => one.ToString() == state).Why;
        var detail = row.Verdict switch
        {
            RestoredState.Refused => why is null ? row.Detail : $"{row.Detail} {why}",
            RestoredState.NotMade => why ?? row.Detail,
            RestoredState.RunsOn or RestoredState.Lost => $"`{row.Detail}`{(why is null ? "" : $"; {why}")}",
            _ => why ?? row.Detail,
        };
        return (detail.Length == 0 ? row.Verdict : $"{row.Verdict}: {detail.Trim()}").Replace("|", "\\|", StringComparison.Ordinal);
    }
}

using System.Text;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Fidelity;

/// <summary>The cells of docs/fidelity.md, a line each in docs/fidelity.tsv: state, way, verdict and detail. eng/fidelity has both written anew.</summary>
public sealed class FidelityTable : IDisposable
{
    private readonly Dictionary<(string State, string Way), (string Verdict, string Detail)> _cells = [];

    private static string Source => Path.Combine(Repository.Root, "docs", "fidelity.tsv");

    /// <summary>What was found at the last run of a state in a way; null where there was none.</summary>
    internal static string? Known(string state, string way) => Read().TryGetValue((state, way), out var cell) ? cell.Verdict : null;

    internal void Add(string state, string way, string verdict, string detail) => _cells[(state, way)] = (verdict, detail);

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("LXCNATIVE_FIDELITY_PAGE") is not { Length: > 0 } page)
            return;
        var all = File.Exists(Source) ? Read() : [];
        foreach (var (key, cell) in _cells)
            all[key] = cell;
        var rows = FidelityStates.All.Select(state => state.Name).ToList();
        File.WriteAllLines(Source, from row in rows
                                   from way in FidelityWay.All
                                   where all.ContainsKey((row, way.Name))
                                   select $"{row}\t{way.Name}\t{all[(row, way.Name)].Verdict}\t{all[(row, way.Name)].Detail}");
        File.WriteAllText(page, Page(rows, all));
    }

    private static string Page(IReadOnlyList<string> rows, Dictionary<(string State, string Way), (string Verdict, string Detail)> cells)
    {
        var text = new StringBuilder("""
            # What comes back

            Written by `eng/fidelity`, every cell by a run: a container of LXC in which the state was made, a checkpoint that ended it, and a restore, in each of three ways. The state is looked
            at before and after by the same command, inside of the container's namespaces, by the program that has it, or from the host where it is the host's.

            * **criu alone**: `criu dump` and `criu restore` with the options that lxc-checkpoint gives (`--tcp-established --file-locks --link-remap --manage-cgroups=full
              --ext-mount-map auto`, ...), its own network lock, and `--external veth[eth0]:HOST@BRIDGE`; criu stays as the parent of init, which would die with it.
            * **lxc-checkpoint**: `lxc-checkpoint -s` and `lxc-checkpoint -r -d`, with the same criu.
            * **lxcnative**: `lxcnative checkpoint` and `lxcnative restore`, without an option.

            **comes back**: it is as it was. **lost silently**: both succeed, and it is not as it was. **lost, told**: the same, and a finding says so. **refused**: the checkpoint fails, and the container runs on.
            **fails**: the checkpoint succeeds, and the restore does not.


            """);
        text.Append("| state |").AppendJoin('|', FidelityWay.All.Select(way => $" {way.Name} ")).Append("|\n|---|---|---|---|\n");
        var notes = new List<string>();
        foreach (var row in rows)
        {
            text.Append($"| {row} |");
            foreach (var way in FidelityWay.All)
            {
                if (!cells.TryGetValue((row, way.Name), out var cell))
                {
                    text.Append(" – |");
                    continue;
                }

                if (cell.Detail.Length > 0)
                    notes.Add($"{row}, {way.Name}: {cell.Detail.Replace("|", "\\|", StringComparison.Ordinal)}");
                var shown = cell.Verdict == FidelityRun.ComesBack ? cell.Verdict : $"**{cell.Verdict}**";
                text.Append($" {shown}{(cell.Detail.Length > 0 ? $" ({notes.Count})" : "")} |");
            }

            text.Append('\n');
        }

        text.Append("\n## What was different\n\n");
        foreach (var (note, number) in notes.Select((note, index) => (note, index + 1)))
            text.Append($"{number}. {note}\n");
        return text.ToString();
    }

    private static Dictionary<(string State, string Way), (string Verdict, string Detail)> Read() => File.ReadLines(Source).Select(line => line.Split('\t'))
        .ToDictionary(cell => (cell[0], cell[1]), cell => (cell[2], cell[3]));
}

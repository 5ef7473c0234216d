using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LxcNative.Bench.Live;
using LxcNative.Native.Procfs;

namespace LxcNative.Bench.Tables;

/// <summary>A page of results under docs/benchmarks, with the machine and the day.</summary>
internal sealed partial class Report(string name, string title)
{
    private readonly StringBuilder _text = new();

    public void Paragraph(string text) => _text.Append(text).Append("\n\n");

    public void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        _text.Append("| ").AppendJoin(" | ", head).Append(" |\n|").AppendJoin("|", head.Select((_, i) => i == 0 ? "---" : "---:")).Append("|\n");
        foreach (var row in rows)
            _text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        _text.Append('\n');
    }

    public void Write()
    {
        var directory = Path.Combine(Repository.Root, "docs", "benchmarks");
        Directory.CreateDirectory(directory);
        var processor = ProcessorPattern().Match(File.ReadAllText("/proc/cpuinfo")).Groups[1].Value;
        var machine =
            $"{DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}; {Environment.ProcessorCount} processors ({processor}), kernel "
            + $"{KernelRelease.Read()}, criu {Criu.Version}, LXC {Tool.Output("lxc-start", "--version").Trim()}, .NET {Environment.Version}. `eng/bench "
            + $"{name}` makes this page. Compare within it, not with other machines.";
        File.WriteAllText(Path.Combine(directory, $"{name}.md"), $"# {title}\n\n{machine}\n\n{_text.ToString().TrimEnd()}\n");
        Print();
    }

    public void Print() => Console.WriteLine($"\n{_text}");

    public static string Milliseconds(double value) => value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    public static string Spread(Series series) => $"{Milliseconds(series.Median)} ({Milliseconds(series.Low)}-{Milliseconds(series.High)})";

    public static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^model name\s*: (.*)$", RegexOptions.Multiline)]
    private static partial Regex ProcessorPattern();
}

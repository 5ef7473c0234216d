using System.Globalization;
using System.Text;

namespace LxcNative.Cli.Metrics;

/// <summary>Figures of runs in Prometheus' text format: those of one run are put to those that a file has already, in an order of their own.</summary>
internal sealed class MetricsText
{
    /// <summary>The first line, by which a file of this kind is known.</summary>
    public const string Head = "# Written by lxcnative; what else is in here is not kept.";

    // Name, what it is, and what it says.
    private static readonly (string Name, string Kind, string Help)[] s_families =
    [
        ("lxcnative_runs_total", "counter", "Runs of a command, by what became of them."),
        ("lxcnative_last_run_timestamp_seconds", "gauge", "When a command last ended."),
        ("lxcnative_last_success_timestamp_seconds", "gauge", "When a command last did what it was asked for."),
        ("lxcnative_last_duration_seconds", "gauge", "How long that took."),
        ("lxcnative_last_pause_seconds", "gauge", "How long the container stood still at its last checkpoint."),
        ("lxcnative_last_bytes", "gauge", "The size of the images that were last written, or of the archive that was last moved."),
    ];

    private readonly SortedDictionary<string, double> _values = new(StringComparer.Ordinal);

    /// <summary>Reads what was written before; lines that are none of ours are left out.</summary>
    public static MetricsText Parse(string text)
    {
        var read = new MetricsText();
        foreach (var line in text.Split('\n'))
        {
            var blank = line.LastIndexOf(' ');
            if (blank > 0 && s_families.Any(family => line.StartsWith($"{family.Name}{{", StringComparison.Ordinal))
                && double.TryParse(line.AsSpan(blank + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                read._values[line[..blank]] = value;
        }

        return read;
    }

    /// <summary>Adds a run.</summary>
    /// <param name="command">What was done.</param>
    /// <param name="run">Of what.</param>
    /// <param name="isDone">Whether it came about.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="now">When it ended.</param>
    public void Add(string command, Measured run, bool isDone, TimeSpan took, DateTimeOffset now)
    {
        var labels = $"command=\"{command}\",container=\"{Escape(run.Container)}\"";
        var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
        // Both from the beginning: what is not there has no rate.
        foreach (var done in (bool[])[true, false])
        {
            var key = $"lxcnative_runs_total{{{labels},result=\"{(done ? "done" : "failed")}\"}}";
            _values[key] = _values.GetValueOrDefault(key) + (done == isDone ? 1 : 0);
        }

        Set("lxcnative_last_run_timestamp_seconds", seconds);
        if (!isDone)
            return;
        Set("lxcnative_last_success_timestamp_seconds", seconds);
        Set("lxcnative_last_duration_seconds", took.TotalSeconds);
        if (run.Pause is { } pause)
            Set("lxcnative_last_pause_seconds", pause.TotalSeconds);
        if (run.Bytes is { } bytes)
            Set("lxcnative_last_bytes", bytes);

        void Set(string name, double value) => _values[$"{name}{{{labels}}}"] = value;
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var text = new StringBuilder(Head).Append('\n');
        foreach (var (name, kind, help) in s_families)
        {
            var series = _values.Where(one => one.Key.StartsWith($"{name}{{", StringComparison.Ordinal)).ToList();
            if (series.Count == 0)
                continue;
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {kind}\n");
            foreach (var (key, value) in series)
                text.Append(CultureInfo.InvariantCulture, $"{key} {value:R}\n");
        }

        return text.ToString();
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}

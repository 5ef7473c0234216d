using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using LxcNative.Bench.Live;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Bench;

/// <summary>A median of what checkpoints told of themselves. The process that measures writes them to a file, the one that reports reads it.</summary>
internal sealed class PauseColumn(string name, int index, string unit) : IColumn
{
    private const double Microseconds = 1000;

    public static IReadOnlyList<PauseColumn> All { get; } =
        [new("Pause", 0, "ms"), new("Frozen", 1, "ms"), new("Lock", 2, "us"), new("Unlock", 3, "us"), new("Dump", 4, "ms"), new("Total", 5, "ms"),
            new("Images", 6, "MiB")];

    public string Id => name;

    public string ColumnName => $"{name}, {unit}";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => index;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => $"median, {unit}";

    /// <summary>Writes the medians.</summary>
    public static void Record(ContainerShape shape, IReadOnlyList<CheckpointResult> results)
    {
        double Median(Func<CheckpointResult, double> value) => results.Select(value).Order().ElementAt(results.Count / 2);
        double[] medians =
        [
            Median(one => one.Timings.Pause.TotalMilliseconds), Median(one => (one.Criu?.FrozenTime ?? 0) / Microseconds),
            Median(one => one.Timings.Lock.TotalMicroseconds), Median(one => one.Timings.Unlock.TotalMicroseconds),
            Median(one => one.Timings.Dump.TotalMilliseconds), Median(one => one.Timings.Total.TotalMilliseconds), Median(one => one.ImagesBytes / 1048576.0),
        ];
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(shape))!);
        File.WriteAllLines(FileOf(shape), medians.Select(one => one.ToString("0.0", CultureInfo.InvariantCulture)));
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        benchmarkCase.Parameters["Shape"] is ContainerShape shape && File.Exists(FileOf(shape)) ? File.ReadLines(FileOf(shape)).ElementAt(index) : "-";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    private static string FileOf(ContainerShape shape) => Path.Combine(Repository.Root, "out", "bench", $"pause-{shape.Processes}-{shape.Megabytes}.txt");
}

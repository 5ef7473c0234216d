using System.Diagnostics;
using LxcNative.Bench.Live;
using LxcNative.Bench.Ways;

namespace LxcNative.Bench.Tables;

/// <summary>How long a container stands still, by every way, run by run in turns, measured from inside.</summary>
internal static class PauseTable
{
    public static void Run(int runs)
    {
        var report = new Report("pause", "How long a container stands still");
        report.Paragraph(
            "A container with one veth and two tmpfs is checkpointed and runs on. A thread in it looks at the clock every 100 microseconds; the longest time "
            + "between two looks is the pause, the same meter for every way. The ways take turns; medians, with the 10th and 90th percentile. Ratio: the "
            + "other way's median by lxcnative's.");
        foreach (var (shape, fewer) in ((ContainerShape, int)[])[(new(4, 1), runs), (new(1, 1), runs), (new(20, 1), runs / 2), (new(100, 1), runs / 4),
            (new(4, 100), runs / 2), (new(4, 1000), runs / 4)])
            Compare(report, shape, Math.Max(3, fewer), [new NativeWay(), CriuWay.Documented(), new LxcCheckpointWay(), CriuWay.Best()]);
        report.Write();
    }

    private static void Compare(Report report, ContainerShape shape, int runs, IReadOnlyList<IWay> ways)
    {
        using var container = new BenchContainer(shape);
        var (pauses, totals) = (ways.ToDictionary(way => way, _ => new Series()), ways.ToDictionary(way => way, _ => new Series()));
        var parts = new Dictionary<string, Series>();
        for (var run = -1; run < runs; run++)
        {
            foreach (var way in ways)
            {
                var images = container.NewImages();
                var start = Stopwatch.GetTimestamp();
                var total = 0.0;
                var pause = container.Meter.During(() =>
                {
                    way.Checkpoint(container, images, leaveRunning: true);
                    total = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                });
                Directory.Delete(images, recursive: true);
                // The first round warms up.
                if (run < 0)
                    continue;
                pauses[way].Add(pause);
                totals[way].Add(total);
                if (way is NativeWay native)
                    Parts(parts, native);
            }

            Console.WriteLine(
                $"// {shape.Processes} processes, {shape.Megabytes} MB, run {run}: "
                + $"{string.Join(", ", ways.Select(way => $"{way.Name} {Report.Milliseconds(pauses[way].Median)}"))}");
        }

        var own = pauses[ways[0]].Median;
        report.Paragraph($"## {shape.Processes} processes, {shape.Megabytes} MB: {runs} runs each");
        report.Table(["", "pause, ms", "ratio", "whole command, ms"],
            ways.Select(way => (string[])[way.Name, Report.Spread(pauses[way]), Report.Ratio(pauses[way].Median / own), Report.Spread(totals[way])]));
        report.Paragraph("lxcnative's own figures of the same runs, medians: " + string.Join(", ", parts.Select(part =>
            part.Key == "images"
                ? $"{part.Key} {part.Value.Median / 1048576:0.0} MiB"
                : $"{part.Key} {(part.Value.Median < 1000 ? $"{part.Value.Median:0} us" : Report.Milliseconds(part.Value.Median / 1000) + " ms")}")) + ".");
    }

    private static void Parts(Dictionary<string, Series> parts, NativeWay native)
    {
        void Add(string name, double value)
        {
            if (!parts.TryGetValue(name, out var series))
                parts[name] = series = new Series();
            series.Add(value);
        }

        var timings = native.Last.GetProperty("timings");
        foreach (var name in (string[])["pause", "freeze", "lock", "dump", "unlock", "total"])
            Add(name, timings.GetProperty(name).GetInt64());
        if (native.Last.TryGetProperty("criu", out var criu) && criu.ValueKind == System.Text.Json.JsonValueKind.Object
            && criu.TryGetProperty("frozenTime", out var frozen))
            Add("frozen by criu's own count", frozen.GetInt64());
        Add("images", native.Last.GetProperty("imagesBytes").GetInt64());
    }
}

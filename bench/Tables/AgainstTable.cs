using LxcNative.Bench.Live;
using LxcNative.Bench.Ways;

namespace LxcNative.Bench.Tables;

/// <summary>This build against another one, checkpoint by checkpoint and restore by restore in turns: whether a change has made it slower.</summary>
internal static class AgainstTable
{
    public static void Run(string program, int runs)
    {
        var report = new Report("against", "This build against another");
        var (own, other) = (new OtherBuildWay(LxcNativeCommand.Executable, "this build"), new OtherBuildWay(program, program));
        foreach (var shape in (ContainerShape[])[new(4, 1), new(20, 1)])
            Pause(report, shape, own, other, runs);
        Restore(report, own, other, runs);
        report.Print();
    }

    private static void Pause(Report report, ContainerShape shape, OtherBuildWay own, OtherBuildWay other, int runs)
    {
        using var container = new BenchContainer(shape);
        var pauses = new Dictionary<IWay, Series> { [own] = new(), [other] = new() };
        for (var run = -1; run < runs; run++)
        {
            foreach (var way in InTurn(own, other, run))
            {
                var images = container.NewImages();
                var pause = container.Meter.During(() => way.Checkpoint(container, images, leaveRunning: true));
                Directory.Delete(images, recursive: true);
                if (run >= 0)
                    pauses[way].Add(pause);
            }
        }

        Show(report, $"{shape.Processes} processes, {shape.Megabytes} MB: pause", own, other, pauses);
    }

    private static void Restore(Report report, OtherBuildWay own, OtherBuildWay other, int runs)
    {
        using var container = new BenchContainer(new ContainerShape());
        var answers = new Dictionary<IWay, Series> { [own] = new(), [other] = new() };
        for (var run = -1; run < runs; run++)
        {
            foreach (var way in InTurn(own, other, run))
            {
                var images = container.NewImages();
                way.Checkpoint(container, images, leaveRunning: false);
                container.WaitForMonitor();
                var answer = FirstAnswer.After(container, () => way.Restore(container, images));
                Directory.Delete(images, recursive: true);
                if (run >= 0)
                    answers[way].Add(answer);
            }
        }

        Show(report, "restore: first answer", own, other, answers);
    }

    // Who comes first has what the one before left in the caches.
    private static IEnumerable<OtherBuildWay> InTurn(OtherBuildWay own, OtherBuildWay other, int run) => run % 2 == 0 ? [own, other] : [other, own];

    private static void Show(Report report, string title, OtherBuildWay own, OtherBuildWay other, Dictionary<IWay, Series> series)
    {
        report.Paragraph($"## {title}, {series[own].Count} runs each");
        report.Table(["", "ms", "ratio"], new[] { own, other }
            .Select(way => (string[])[way.Name, Report.Spread(series[way]), Report.Ratio(series[way].Median / series[own].Median)]));
    }
}

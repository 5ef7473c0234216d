using LxcNative.Bench.Live;
using LxcNative.Bench.Ways;

namespace LxcNative.Bench.Tables;

/// <summary>What a client sees: the longest silence on a TCP connection that echoes every millisecond.</summary>
internal static class GapTable
{
    public static void Run(int runs)
    {
        var report = new Report("gap", "What a client sees");
        report.Paragraph("One TCP connection into a container of four processes sends a byte every millisecond and gets it back; the longest time without an answer, once with the container left running, once "
            + "checkpointed and restored in place. A segment that was lost is sent again by the client's kernel after 200 ms at least, then after twice that, so these silences are longer than the pauses that cause them. "
            + "The ways take turns; medians, with the 10th and 90th percentile.");
        var ways = new IWay[] { new NativeWay(), CriuWay.Documented(), new LxcCheckpointWay() };
        var containers = ways.ToDictionary(way => way, _ => new BenchContainer(new ContainerShape()));
        var (running, inPlace) = (ways.ToDictionary(way => way, _ => new Series()), ways.ToDictionary(way => way, _ => new Series()));
        var lost = ways.ToDictionary(way => way, _ => 0);
        try
        {
            for (var run = -1; run < runs; run++)
                foreach (var way in ways)
                {
                    var container = containers[way];
                    using var echo = ClientGap.Connect(container);
                    var gap = ClientGap.During(echo, () => way.Checkpoint(container, container.NewImages(), leaveRunning: true));
                    // What criu alone has restored it cannot dump a second time (BenchContainer.StartAnew).
                    if (way is CriuWay)
                    {
                        if (run >= 0)
                            running[way].Add(gap);
                        continue;
                    }

                    var images = container.NewImages();
                    double? both = null;
                    try
                    {
                        both = ClientGap.During(echo, () =>
                        {
                            way.Checkpoint(container, images, leaveRunning: false);
                            way.Restore(container, images);
                        });
                    }
                    catch (InvalidOperationException) when (way is not NativeWay && echo.Report().Failure is not null)
                    {
                        // A baseline may lose its client, which is told; lxcnative may not.
                        lost[way]++;
                    }

                    Console.WriteLine($"// gap, run {run}: {way.Name} {Report.Milliseconds(gap)} {(both is null ? "lost" : Report.Milliseconds(both.Value))}");
                    if (run < 0)
                        continue;
                    running[way].Add(gap);
                    if (both is { } silence)
                        inPlace[way].Add(silence);
                }
        }
        finally
        {
            foreach (var container in containers.Values)
                container.Dispose();
        }

        report.Table(
            ["", "left running, ms", "ratio", "restored in place, ms", "ratio"],
            ways.Select(way => (string[])
            [
                way.Name, Report.Spread(running[way]), Report.Ratio(running[way].Median / running[ways[0]].Median),
                .. inPlace[way].Count == 0 ? (string[])["", ""] : [Report.Spread(inPlace[way]), Report.Ratio(inPlace[way].Median / inPlace[ways[0]].Median)],
            ]));
        report.Paragraph($"{runs} runs each. Connections that were lost in place: {string.Join(", ", ways.Where(way => way is not CriuWay).Select(way => $"{way.Name} {lost[way]}"))}, of {runs + 1} each.");
        report.Write();
    }
}

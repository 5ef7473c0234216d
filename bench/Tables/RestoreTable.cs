using LxcNative.Bench.Live;
using LxcNative.Bench.Ways;

namespace LxcNative.Bench.Tables;

/// <summary>From the restore's start to the container's first answer; a container for each way, in turns.</summary>
internal static class RestoreTable
{
    public static void Run(int runs)
    {
        var report = new Report("restore", "How soon a restored container answers");
        report.Paragraph(
            "A container of four processes with one veth and two tmpfs is checkpointed, which ends it, and restored. A datagram is sent to it every "
            + "millisecond from the restore's start on; the time to the first answer. Each way has a container of its own, checkpointed and restored by that "
            + "way alone, again and again (criu's anew each time: it cannot dump what it has restored here a second time); the ways take turns; medians, with "
            + "the 10th and 90th percentile.");
        var ways = new IWay[] { new NativeWay(), CriuWay.Documented(), new LxcCheckpointWay() };
        var containers = ways.ToDictionary(way => way, _ => new BenchContainer(new ContainerShape()));
        var answers = ways.ToDictionary(way => way, _ => new Series());
        try
        {
            for (var run = -1; run < runs; run++)
            {
                foreach (var way in ways)
                {
                    var container = containers[way];
                    var images = container.NewImages();
                    way.Checkpoint(container, images, leaveRunning: false);
                    container.WaitForMonitor();
                    var answer = FirstAnswer.After(container, () => way.Restore(container, images));
                    if (run >= 0)
                        answers[way].Add(answer);
                    Directory.Delete(images, recursive: true);
                    if (way is CriuWay)
                        container.StartAnew();
                }

                Console.WriteLine($"// restore, run {run}: {string.Join(", ", ways.Select(way => $"{way.Name} {Report.Milliseconds(answers[way].Median)}"))}");
            }
        }
        finally
        {
            foreach (var container in containers.Values)
                container.Dispose();
        }

        report.Table(["", "first answer after, ms", "ratio"],
            ways.Select(way => (string[])[way.Name, Report.Spread(answers[way]), Report.Ratio(answers[way].Median / answers[ways[0]].Median)]));
        report.Paragraph($"{runs} runs each.");
        report.Write();
    }
}

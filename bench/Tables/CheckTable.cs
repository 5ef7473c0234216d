using System.Diagnostics;
using LxcNative.Bench.Live;
using LxcNative.Bench.Ways;

namespace LxcNative.Bench.Tables;

/// <summary>How soon it is known that a large container cannot be checkpointed: by the check, and by letting criu try.</summary>
internal static class CheckTable
{
    private static readonly ContainerShape Large = new(1000) { Binds = 500, HasRing = true };

    public static void Run(int runs)
    {
        runs = Math.Max(3, runs / 4);
        var report = new Report("check", "How soon a refusal is known");
        report.Paragraph(
            $"A container of {Large.Processes} processes with {Large.Binds} bind mounts, whose last process has an io_uring. `lxcnative check` looks, and the "
            + "container runs on; `criu dump` freezes it, and refuses when it comes to that process. In turns; medians, with the 10th and 90th percentile. "
            + "The pause is measured inside of the container.");
        using var container = new BenchContainer(Large);
        var (check, dump, checkPause, dumpPause) = (new Series(), new Series(), new Series(), new Series());
        for (var run = -1; run < runs; run++)
        {
            var (checking, stoodStill) = Measure(container,
                () => Require(LxcNativeCommand.Run("check", container.Name, "--json").ExitCode == 3, "the check has nothing against it"));
            var (dumping, stoodStillLonger) = Measure(container,
                () => Require(!CriuWay.Best().TryCheckpoint(container, container.NewImages()), "criu dumps it"));
            Console.WriteLine($"// check, run {run}: lxcnative {Report.Milliseconds(checking)}, criu {Report.Milliseconds(dumping)}");
            // The first round warms up.
            if (run < 0)
                continue;
            check.Add(checking);
            dump.Add(dumping);
            checkPause.Add(stoodStill);
            dumpPause.Add(stoodStillLonger);
        }

        report.Table(["", "known after, ms", "ratio", "longest pause meanwhile, ms"],
        [
            ["`lxcnative check`, the whole command", Report.Spread(check), "1.00", Report.Spread(checkPause)],
            ["`criu dump`", Report.Spread(dump), Report.Ratio(dump.Median / check.Median), Report.Spread(dumpPause)],
        ]);
        report.Paragraph($"{runs} runs each.");
        report.Write();
    }

    private static (double Took, double Pause) Measure(BenchContainer container, Action action)
    {
        var took = 0.0;
        var pause = container.Meter.During(() =>
        {
            var start = Stopwatch.GetTimestamp();
            action();
            took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
        return (took, pause);
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidOperationException(otherwise);
    }
}

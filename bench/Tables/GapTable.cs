using System.Globalization;
using LxcNative.Bench.Live;
using LxcNative.Bench.Live.Clients;
using LxcNative.Bench.Ways;

namespace LxcNative.Bench.Tables;

/// <summary>What clients of several kinds see of a checkpoint.</summary>
internal static class GapTable
{
    /// <summary>Makes the page.</summary>
    /// <param name="runs">How often each way is measured with the headline's client; half as often with the others.</param>
    /// <param name="only">Part of the names of the clients to measure, which changes no page; null for all.</param>
    public static void Run(int runs, string? only = null)
    {
        var report = new Report("gap", "What a client sees");
        report.Paragraph(
            "A container of four processes is checkpointed and runs on, under clients of several kinds; gap: the longest time that a client waited for an "
            + "answer around it. A client that asks one request at a time waits for the answer, thinks for 10 ms, and asks again, as most clients do. What is "
            + "dropped is sent again by the client's kernel after 200 ms at least; a connection that is being opened waits a second. Sent again: segments "
            + "that either kernel sent again, in all runs together; a bulk transfer sends some again for the reordering of a busy machine alone, see the row "
            + "of nothing. The ways take turns in an order that changes; medians, with the 10th and 90th percentile.");
        IWay[] ways = [new NativeWay(), new NativeWay(drops: true), CriuWay.Documented(), new LxcCheckpointWay(), new NoWay()];
        using var samples = new StreamWriter(Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "out", "bench")).FullName, "gap.csv"));
        samples.WriteLine("client,way,run,gap_ms,sent_again,lost");
        foreach (var kind in ClientKind.All.Where(kind => only is null || kind.Name.Contains(only, StringComparison.Ordinal)))
            LeftRunning(report, kind, ways, kind == ClientKind.Request || only is not null ? runs : Math.Max(3, runs / 2), samples);
        if (only is null)
            report.Write();
        else
            report.Print();
    }

    private static void LeftRunning(Report report, ClientKind kind, IWay[] ways, int runs, StreamWriter samples)
    {
        using var container = new BenchContainer(new ContainerShape { HasInside = true });
        var results = ways.ToDictionary(way => way, _ => new GapResult());
        var order = ways.ToArray();
        for (var run = -1; run < runs; run++)
        {
            Random.Shared.Shuffle(order);
            foreach (var way in order)
            {
                var images = container.NewImages();
                using var client = kind.Start(container);
                var before = ContainerCounters.Retransmissions(container);
                var (failed, gap) = (false, 0.0);
                try
                {
                    gap = client.During(() => failed = !TryCheckpoint(way, container, images));
                }
                catch (InvalidOperationException) when (way is not NativeWay)
                {
                    // A baseline may lose its client; lxcnative may not.
                    failed = true;
                }

                var again = client.Retransmissions + ContainerCounters.Retransmissions(container) - before;
                if (Directory.Exists(images))
                    Directory.Delete(images, recursive: true);
                // The first round warms up.
                if (run < 0)
                    continue;
                if (failed)
                {
                    results[way].Failed++;
                    continue;
                }

                results[way].Add(gap, again, client.Lost);
                if (way is NativeWay native)
                {
                    results[way].Locking.Add(native.Last.GetProperty("timings").GetProperty("lock").GetInt64());
                    results[way].Unlocking.Add(native.Last.GetProperty("timings").GetProperty("unlock").GetInt64());
                }

                samples.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{kind.Name.Replace(",", "", StringComparison.Ordinal)},{way.Name},{run},{gap:0.000},{again},{client.Lost}"));
            }

            Console.WriteLine(
                $"// {kind.Name}, run {run}: {string.Join(", ", ways.Select(way => $"{way.Name} {Report.Milliseconds(results[way].Gaps.Median)}"))}");
        }

        report.Paragraph($"## {char.ToUpperInvariant(kind.Name[0])}{kind.Name[1..]}: {runs} runs each");
        var own = results[ways[0]].Gaps.Median;
        report.Table(
            ["", "gap, ms", "worst", "ratio", "sent again", "lost", "failed"],
            ways.Select(way => (string[])
            [
                way.Name, Report.Spread(results[way].Gaps), Report.Milliseconds(results[way].Gaps.Worst), Report.Ratio(results[way].Gaps.Median / own),
                $"{results[way].SentAgain}", $"{results[way].Lost}", $"{results[way].Failed}",
            ]));
        report.Paragraph(
            $"Locking and unlocking took {string.Join(", ", ways.Where(way => way is NativeWay).Select(way => Locks(way, results[way])))} at the median.");
    }

    private static string Locks(IWay way, GapResult result) => $"{way.Name} {result.Locking.Median:0} and {result.Unlocking.Median:0} us";

    // criu cannot dump a connection that is just being opened, and says so.
    private static bool TryCheckpoint(IWay way, BenchContainer container, string images)
    {
        try
        {
            way.Checkpoint(container, images, leaveRunning: true);
            return true;
        }
        catch (InvalidOperationException failure)
        {
            Console.WriteLine(
                $"// {way.Name}: {failure.Message.Split('\n').LastOrDefault(line => line.Contains("Error", StringComparison.Ordinal)) ?? failure.Message}");
            return false;
        }
    }
}

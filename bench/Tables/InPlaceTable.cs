using LxcNative.Bench.Live;
using LxcNative.Bench.Live.Clients;
using LxcNative.Bench.Ways;

namespace LxcNative.Bench.Tables;

/// <summary>What clients see of a container that is checkpointed and comes back in its own place.</summary>
internal static class InPlaceTable
{
    private static readonly string[] Kinds = ["one request", "20 connections", "a datagram at a time", "as much as goes"];

    /// <summary>Makes the page.</summary>
    /// <param name="runs">How often each way is measured with the headline's client; half as often with the others.</param>
    /// <param name="only">Part of the names of the clients to measure, which changes no page; null for all.</param>
    public static void Run(int runs, string? only = null)
    {
        var report = new Report("inplace", "What a client sees of a container that comes back in its own place");
        report.Paragraph(
            "A container of four processes is checkpointed and restored at once; gap: the longest time that a client waited for an answer. By one "
            + "command, `checkpoint --restore`, packets are held from the freeze until it is back; by two they are dropped in between, and sent again by "
            + "the client's kernel after 200, 400, 800 ms. Without a rehearsal nobody knows before the container is let go whether it comes back; "
            + "lxc-checkpoint has none. With the rehearsal ahead the container stands still once more for a checkpoint that it is for; the longer gap counts. "
            + "The documented way is not here: LXC's init dies with the criu that has restored it, and the client's connection with it. Each way has a "
            + "container of its own; the ways take turns in an order that changes. Medians, with the 10th and 90th percentile.");
        foreach (var kind in ClientKind.All.Where(kind => Kinds.Any(name => kind.Name.StartsWith(name, StringComparison.Ordinal)))
            .Where(kind => only is null || kind.Name.Contains(only, StringComparison.Ordinal)))
            Measure(report, kind, kind == ClientKind.Request || only is not null ? runs : Math.Max(3, runs / 2));
        if (only is null)
            report.Write();
        else
            report.Print();
    }

    private static void Measure(Report report, ClientKind kind, int runs)
    {
        IWay[] ways = [new InPlaceWay(), new InPlaceWay("ahead"), new InPlaceWay("never"), new NativeWay(), new LxcCheckpointWay()];
        var containers = ways.ToDictionary(way => way, _ => new BenchContainer(new ContainerShape()));
        var results = ways.ToDictionary(way => way, _ => new GapResult());
        var order = ways.ToArray();
        try
        {
            for (var run = -1; run < runs; run++)
            {
                Random.Shared.Shuffle(order);
                foreach (var way in order)
                    Measure(way, kind, containers[way], results[way], isCounted: run >= 0);
                Console.WriteLine(
                    $"// {kind.Name}, run {run}: {string.Join(", ", ways.Select(way => $"{way.Name} {Report.Milliseconds(results[way].Gaps.Median)}"))}");
            }
        }
        finally
        {
            foreach (var container in containers.Values)
                container.Dispose();
        }

        report.Paragraph($"## {char.ToUpperInvariant(kind.Name[0])}{kind.Name[1..]}: {runs} runs each");
        var own = results[ways[0]].Gaps.Median;
        report.Table(
            ["", "gap, ms", "worst", "ratio", "sent again", "lost", "connection lost"],
            ways.Select(way => (string[])
            [
                way.Name, .. results[way].Gaps.Count == 0 ? ["-", "-", "-"] : Measured(results[way].Gaps, own),
                $"{results[way].SentAgain}", $"{results[way].Lost}", $"{results[way].Failed}",
            ]));
    }

    private static string[] Measured(Series gaps, double own) =>
        [Report.Spread(gaps), Report.Milliseconds(gaps.Worst), Report.Ratio(gaps.Median / own)];

    private static void Measure(IWay way, ClientKind kind, BenchContainer container, GapResult result, bool isCounted)
    {
        var images = container.NewImages();
        using var client = kind.Start(container);
        try
        {
            var gap = client.During(() =>
            {
                way.Checkpoint(container, images, leaveRunning: false);
                way.Restore(container, images);
            });
            if (isCounted)
                result.Add(gap, client.Retransmissions, client.Lost);
        }
        catch (InvalidOperationException failure)
        {
            // A baseline may lose its client, or never wake it, which is told; lxcnative may not.
            Console.WriteLine($"// {way.Name}: {failure.Message}");
            if (way is InPlaceWay or NativeWay)
                throw;
            result.Failed += isCounted ? 1 : 0;
        }

        Directory.Delete(images, recursive: true);
    }
}

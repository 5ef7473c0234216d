using System.Text.Json;
using LxcNative.Bench.Live;

namespace LxcNative.Bench.Tables;

/// <summary>How lxcnative's own share of the pause grows with what a container has.</summary>
internal static class ScalingTable
{
    public static void Run(int runs)
    {
        var report = new Report("scaling", "What of the pause is lxcnative's own");
        report.Paragraph(
            "Left running, with `--timeline FILE.json`: what lxcnative itself does between the freeze request and the resume. Criu, and so the container, "
            + "waits for its own share (lock, completing the images), but not for what it does beside criu (saving network and tmpfs). Medians. The growth is "
            + "that of the own share against the first row, for each thing added.");
        (string What, ContainerShape Shape, int Added)[] cases =
        [
            ("4 processes", new(), 0), ("20 processes", new(20), 16), ("100 processes", new(100), 96), ("100 more bind mounts", new() { Binds = 100 }, 100),
            ("100 more tmpfs", new() { Tmpfs = 100 }, 100),
            ("500 more sockets", new() { Sockets = 500 }, 500), ("100 MB", new(4, 100), 0),
        ];
        var rows = new List<string[]>();
        var first = 0.0;
        foreach (var (what, shape, added) in cases)
        {
            using var container = new BenchContainer(shape);
            var (own, pause, waited, beside) = (new Series(), new Series(), new Dictionary<string, Series>(), new Dictionary<string, Series>());
            for (var run = -1; run < runs; run++)
            {
                var images = container.NewImages();
                var file = Path.Combine(container.Images, "timeline.json");
                LxcNativeCommand.Run("checkpoint", "--pid", $"{container.InitPid}", "-D", images, "--leave-running", "--timeline", file).OrThrow();
                Directory.Delete(images, recursive: true);
                if (run >= 0)
                    Add(JsonDocument.Parse(File.ReadAllText(file)).RootElement, own, pause, waited, beside);
            }

            first = first == 0 ? own.Median : first;
            var growth = added == 0 ? "" : $"{(own.Median - first) / added * 1000:0} us";
            rows.Add([what, Report.Milliseconds(pause.Median), Report.Milliseconds(own.Median), Each(waited), growth, Each(beside)]);
            Console.WriteLine($"// {string.Join(" | ", rows[^1])}");
        }

        report.Table(["container", "pause, ms", "own share, ms", "of that", "growth for each", "beside criu, ms"], rows);
        report.Paragraph($"{runs} runs each.");
        report.Write();
    }

    private static void Add(JsonElement timeline, Series own, Series pause, Dictionary<string, Series> waited, Dictionary<string, Series> beside)
    {
        var end = timeline.GetProperty("focusEnd").GetInt64();
        pause.Add(end / 1000.0);
        var sum = 0.0;
        foreach (var span in timeline.GetProperty("spans").EnumerateArray())
        {
            var name = span.GetProperty("name").GetString()!;
            var (from, to) = (span.GetProperty("start").GetInt64(), span.GetProperty("end").GetInt64());
            var track = span.GetProperty("track").GetString();
            // Freezing is criu's.
            if (track is not ("lxcnative" or "beside it") || name == "freeze" || from < 0 || to > end)
                continue;
            var names = track == "lxcnative" ? waited : beside;
            if (!names.TryGetValue(name, out var series))
                names[name] = series = new Series();
            series.Add((to - from) / 1000.0);
            if (track == "lxcnative")
                sum += (to - from) / 1000.0;
        }

        own.Add(sum);
    }

    private static string Each(Dictionary<string, Series> names) =>
        string.Join(", ", names.Select(one => $"{one.Key} {Report.Milliseconds(one.Value.Median)}"));
}

using System.Text.Json;
using System.Xml.Linq;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>The picture of the pause tells the same as the command does.</summary>
public class TimelineTests
{
    [Fact]
    public void OfACheckpointAndOfARestore()
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        using var place = new TemporaryDirectory();

        var timings = Cycle.Checkpoint(container, place["1"], "--timeline", place["c.json"]).GetProperty("timings");
        var spans = Spans(place["c.json"]);
        Assert.Equal(timings.GetProperty("pause").GetInt64(), Length(spans, "stands still"));
        Assert.Equal(timings.GetProperty("freeze").GetInt64(), Length(spans, "freeze"));
        Assert.Equal(timings.GetProperty("lock").GetInt64(), Length(spans, "lock"));
        foreach (var name in (string[])["discover", "prepare", "save network", "save tmpfs", "complete images", "seize tasks", "mount table", "cgroups",
            "sync"])
            Assert.Contains(spans, span => span.Name == name);
        // A task is called by its name, and criu's part between the freeze request and the resume leaves no hole.
        Assert.Contains(spans, span => span is { Track: "criu: tasks" } && span.Name.StartsWith("init (", StringComparison.Ordinal));
        var criu = spans.Where(span => span.Track.StartsWith("criu", StringComparison.Ordinal)).OrderBy(span => span.Start).ThenBy(span => span.End).ToList();
        Assert.All(criu.Zip(criu.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Assert.Equal(Length(spans, "stands still"), criu[^1].End);

        Cycle.Restore(container, place["1"], "--timeline", place["r.html"]);
        var page = File.ReadAllText(place["r.html"]);
        foreach (var name in (string[])["rebuild network", "fill tmpfs", "criu works", "mounts", "files, memory", "open"])
            Assert.Contains($"<td>{name}</td>", page, StringComparison.Ordinal);

        Cycle.Checkpoint(container, place["2"], "--leave-running", "--timeline", place["c.svg"]);
        Assert.Equal("svg", XDocument.Load(place["c.svg"]).Root!.Name.LocalName);
        Assert.Equal(2, LxcNativeCommand.Run("checkpoint", container.Name, "--timeline", place["c.png"]).ExitCode);
    }

    private static List<(string Track, string Name, long Start, long End)> Spans(string path) =>
        [.. JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("spans").EnumerateArray().Select(span =>
            (span.GetProperty("track").GetString()!, span.GetProperty("name").GetString()!, span.GetProperty("start").GetInt64(), span.GetProperty("end")
                .GetInt64()))];

    private static long Length(IEnumerable<(string Track, string Name, long Start, long End)> spans, string name) =>
        spans.First(span => span.Name == name) is var span ? span.End - span.Start : -1;
}

using System.Text.Json;
using System.Xml.Linq;
using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Tests.Timelines;

public sealed class TimelineTests
{
    // Lines of a real log of criu 4.2.1 at level 4.
    private const string DumpLog = """
        (00.000000) CRIU run id = 9af11ea7-aabb-4f64-a811-f0dbaa30535b
        (00.030413) Dumping processes (pid: 15004 comm: init)
        (00.030439) Running pre-dump scripts
        (00.030441) 	RPC
        (00.031299) irmap: Searching irmap cache in work dir
        (00.032260) Seized task 15004, state 1
        (00.032351) Seized task 15005, state 1
        (00.032605) net: Lock network
        (00.032606) Running network-lock scripts
        (00.035692) RPC NOTIFY query-ext-files: no `opts` returned.
        (00.037134) Dumping task (pid: 15004 comm: init)
        (00.039900) Dumping task (pid: 15005 comm: a) b)
        (00.058550) mnt: Dumping mountpoints
        (00.074927) Running post-dump scripts
        """;

    [Fact]
    public void PhasesAreReadFromALogAndMovedToTheClockOfTheAnchors()
    {
        // The second anchor's message was delivered faster, so that one counts: the log began at 1000.
        var spans = CriuPhases.Read(CriuLog.Parse(DumpLog), CriuPhases.Dump, [("Running pre-dump scripts", 31_500), ("Running network-lock scripts", 33_606)],
            80_000);
        Assert.Equal(
            [
                "criu/kernel probing 1000-31413", "criu/start 31413-31439", "criu/pre-dump 31439-32299", "criu/inventory 32299-33260",
                "criu/seize tasks 33260-33606",
                "criu/network-lock 33606-36692", "criu/mounts 36692-38134", "criu: tasks/init (15004) 38134-40900", "criu: tasks/a) b (15005) 40900-59550",
                "criu/mount table 59550-75927", "criu/post-dump 75927-80000",
            ],
            spans.Select(span => $"{span.Track}/{span.Name} {span.Start}-{span.End}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no log\n(abc) of criu\n(00.1")]
    [InlineData("(00.5) Running network-lock scripts")]
    [InlineData("(99999999999999999999) Running pre-dump scripts\n(00.1) Dumping task (pid: ")]
    public void ALogThatTellsNothingGivesNoNonsense(string log)
    {
        var spans = CriuPhases.Read(CriuLog.Parse(log), CriuPhases.Dump, [("Running pre-dump scripts", 1000)], 2000);
        Assert.All(spans, span => Assert.InRange(span.End, span.Start, Math.Max(span.Start, 2000)));
    }

    [Theory]
    [InlineData(TimelineFormat.Svg)]
    [InlineData(TimelineFormat.Html)]
    public void APictureIsWellFormedWhateverAProcessIsCalled(TimelineFormat format)
    {
        var timeline = Sample("<script>\u0007 & \"x\"\uD800\u202e\u200b\u2028");
        var text = TimelineFile.Text(timeline, format);
        var svg = text[text.IndexOf("<svg", StringComparison.Ordinal)..(text.IndexOf("</svg>", StringComparison.Ordinal) + "</svg>".Length)];
        var bars = XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "title").Select(element => element.Value).ToList();
        // Every span in the whole; in the part that matters those that reach into it.
        Assert.Equal(timeline.Spans.Count + 4, bars.Count);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.False(text.AsSpan().ContainsAny("\u202e\u200b\u2028"));
        Assert.Contains(bars, bar => bar.StartsWith("<script>", StringComparison.Ordinal));
    }

    [Fact]
    public void BarsAreWhereTheyBelong()
    {
        var svg = XDocument.Parse(TimelineFile.Text(Sample("x"), TimelineFormat.Svg));
        var bars = svg.Descendants().Where(element => element.Name.LocalName == "g").GroupBy(group => group.Elements().First().Value).ToDictionary(
            same => same.Key, same => same.First().Elements().First(element => element.Name.LocalName == "rect"), StringComparer.Ordinal);
        double At(string bar, string what) => (double)bars[bar].Attribute(what)!;
        // 0 to 100 ms over 1146 points from 110 on.
        Assert.Equal(110, At("runs: 40.0 ms, from 0 \u00B5s", "x"), 0.1);
        Assert.Equal(458.4, At("runs: 40.0 ms, from 0 \u00B5s", "width"), 0.1);
        Assert.Equal(568.4, At("stands still: 20.0 ms, from 40.0 ms", "x"), 0.1);
        // What overlaps is in another lane.
        Assert.NotEqual(At("whole: 100.0 ms, from 0 \u00B5s", "y"), At("x: 10.0 ms, from 45.0 ms", "y"));
    }

    [Fact]
    public void TheJsonComesBackAsItWas()
    {
        var timeline = Sample("x");
        var back = JsonSerializer.Deserialize(TimelineFile.Text(timeline, TimelineFormat.Json), OrchestratorJson.Default.TimelineDocument)!;
        Assert.Equal(timeline.Spans,
            back.Spans.Select(span => new TimelineSpan(span.Track, span.Name, TimeSpan.FromMicroseconds(span.Start), TimeSpan.FromMicroseconds(span.End))));
        Assert.Equal((timeline.Title, 40_000, 60_000, 10_000), (back.Title, back.FocusStart, back.FocusEnd, back.Spans.First(span => span.Name == "x").Length));
    }

    [Fact]
    public void TicksAreRoundAndFew()
    {
        foreach (var (start, end) in new (long, long)[] { (0, 1), (-120_000, 95_000), (0, 13), (0, 86_400_000_000), (-7, 1234) })
        {
            var ticks = new TimelineScale(start, end, 0, 100).Ticks().ToList();
            Assert.InRange(ticks.Count, 1, 13);
            Assert.All(ticks, tick => Assert.InRange(tick, start, end));
            var step = ticks.Count > 1 ? ticks[1] - ticks[0] : 1;
            Assert.Contains($"{step}"[0], "125");
            Assert.Equal("", $"{step}"[1..].Trim('0'));
        }
    }

    [Fact]
    public void WhatTookNoTimeStandsBeforeWhatFollowedIt()
    {
        // Two lines of criu's log in one microsecond; and what holds others stands before them.
        var timeline = Timeline.Of("sample", "the start", 0, (0, 30),
        [
            new RecordedSpan(Track.Criu, "ipc namespace", 10, 10), new RecordedSpan(Track.Criu, "uts namespace", 10, 30),
            new RecordedSpan(Track.Own, "part", 10, 20), new RecordedSpan(Track.Own, "whole", 10, 30),
        ]);
        Assert.Equal(["ipc namespace", "uts namespace"], timeline.Spans.Where(span => span.Track == Track.Criu).Select(span => span.Name));
        Assert.Equal(["whole", "part"], timeline.Spans.Where(span => span.Track == Track.Own).Select(span => span.Name));
    }

    [Theory]
    [InlineData("/tmp/a.svg", TimelineFormat.Svg)]
    [InlineData("a.HTML", TimelineFormat.Html)]
    [InlineData("x/a.json", TimelineFormat.Json)]
    [InlineData("a.png", null)]
    [InlineData("svg", null)]
    public void TheNameTellsTheFormat(string path, TimelineFormat? format) => Assert.Equal(format, TimelineFile.FormatOf(path));

    private static Timeline Sample(string task) => Timeline.Of(
        "sample", "the start", 1000, (41_000, 61_000),
        [
            new RecordedSpan(Track.Criu, "whole", 1000, 101_000),
            new RecordedSpan(Track.Criu, task, 46_000, 56_000),
            new RecordedSpan(Track.Container, "runs", 1000, 41_000),
            new RecordedSpan(Track.Container, TimelinePalette.StandsStill, 41_000, 61_000),
            new RecordedSpan(Track.Own, "later", 90_000, 95_000),
            new RecordedSpan(Track.Own, "turned round", 90_000, 5_000),
        ]);
}

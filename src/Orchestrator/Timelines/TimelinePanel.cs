using System.Text;

namespace LxcNative.Orchestrator.Timelines;

/// <summary>Rows of bars over one time axis.</summary>
internal sealed class TimelinePanel(Timeline timeline, TimelineScale scale, double top, bool hasBand)
{
    private const double LaneHeight = 22;
    private const double RowGap = 8;
    private const double LetterWidth = 6.3;
    private const double AxisHeight = 26;
    private readonly StringBuilder _svg = new();

    /// <summary>The height that the rows of a timeline take, with the axis.</summary>
    public static double HeightOf(Timeline timeline, TimelineScale scale) => AxisHeight + timeline.Tracks.Sum(track => Lanes(timeline, scale, track).Count * LaneHeight + RowGap);

    /// <summary>Draws it.</summary>
    public string Draw()
    {
        var height = HeightOf(timeline, scale);
        if (hasBand)
            Band(height);
        Axis(height);
        var y = top + AxisHeight;
        foreach (var track in timeline.Tracks)
        {
            _svg.Append($"<text class=\"track\" x=\"{MarkupText.Of(scale.Left - 12)}\" y=\"{MarkupText.Of(y + 15)}\">{MarkupText.Of(track)}</text>\n");
            foreach (var lane in Lanes(timeline, scale, track))
            {
                for (var i = 0; i < lane.Count; i++)
                    Bar(lane[i], y, TimelinePalette.Colour(lane[i], i), i + 1 < lane.Count ? scale.At(lane[i + 1].Start) : scale.Left + scale.Width);
                y += LaneHeight;
            }

            y += RowGap;
        }

        return _svg.ToString();
    }

    // What overlaps goes to a lane below.
    private static List<List<TimelineSpan>> Lanes(Timeline timeline, TimelineScale scale, string track)
    {
        var lanes = new List<List<TimelineSpan>>();
        foreach (var span in timeline.Spans.Where(span => span.Track == track && scale.Shows(span)))
        {
            var lane = lanes.FirstOrDefault(one => one[^1].End <= span.Start);
            if (lane is null)
                lanes.Add([span]);
            else
                lane.Add(span);
        }

        return lanes.Count == 0 ? [[]] : lanes;
    }

    private void Band(double height)
    {
        var (from, to) = (scale.At(timeline.FocusStart), scale.At(timeline.FocusEnd));
        _svg.Append($"<rect class=\"band\" x=\"{MarkupText.Of(from)}\" y=\"{MarkupText.Of(top + AxisHeight - 4)}\" width=\"{MarkupText.Of(Math.Max(1, to - from))}\" height=\"{MarkupText.Of(height - AxisHeight)}\"/>\n");
    }

    private void Axis(double height)
    {
        foreach (var tick in scale.Ticks())
        {
            var x = MarkupText.Of(scale.At(tick));
            _svg.Append($"<line class=\"tick\" x1=\"{x}\" x2=\"{x}\" y1=\"{MarkupText.Of(top + AxisHeight - 6)}\" y2=\"{MarkupText.Of(top + height - 4)}\"/>");
            _svg.Append($"<text class=\"tick\" x=\"{x}\" y=\"{MarkupText.Of(top + 14)}\">{MarkupText.Of(tick / 1000.0)}</text>\n");
        }
    }

    private void Bar(TimelineSpan span, double y, string colour, double roomEnd)
    {
        var (from, to) = (scale.At(span.Start), scale.At(span.End));
        var width = Math.Max(1, to - from);
        var name = MarkupText.Of(span.Name);
        var took = MarkupText.Duration(span.Length);
        _svg.Append($"<g><title>{name}: {took}, from {MarkupText.Duration(span.Start)}</title><rect x=\"{MarkupText.Of(from)}\" y=\"{MarkupText.Of(y)}\" width=\"{MarkupText.Of(width)}\" height=\"{MarkupText.Of(LaneHeight - 3)}\" fill=\"{colour}\"/>");
        var full = $"{span.Name} {took}";
        // Inside where it fits, else beside the bar where nothing follows.
        if (Fits(full, width))
            Label(from + 4, y, "in", $"{name} {took}");
        else if (Fits(span.Name, width))
            Label(from + 4, y, "in", name);
        else if (Fits(full, roomEnd - to - 2))
            Label(from + width + 3, y, "by", $"{name} {took}");
        _svg.Append("</g>\n");
    }

    private void Label(double x, double y, string kind, string text) => _svg.Append($"<text class=\"{kind}\" x=\"{MarkupText.Of(x)}\" y=\"{MarkupText.Of(y + 14)}\">{text}</text>");

    private static bool Fits(string text, double width) => text.Length * LetterWidth + 8 <= width;
}

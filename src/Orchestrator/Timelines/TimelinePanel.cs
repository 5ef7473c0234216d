using System.Text;

namespace LxcNative.Orchestrator.Timelines;

/// <summary>Rows of bars over one time axis.</summary>
internal sealed class TimelinePanel
{
    private const double LaneHeight = 22;
    private const double RowGap = 8;
    private const double LetterWidth = 6.3;
    private const double AxisHeight = 26;
    private readonly Timeline _timeline;
    private readonly TimelineScale _scale;
    private readonly List<(string Track, List<List<TimelineSpan>> Lanes)> _rows;
    private readonly StringBuilder _svg = new();

    public TimelinePanel(Timeline timeline, TimelineScale scale)
    {
        (_timeline, _scale) = (timeline, scale);
        _rows = [.. timeline.Tracks.Select(track => (track, Lanes(track)))];
        Height = AxisHeight + _rows.Sum(row => row.Lanes.Count * LaneHeight + RowGap);
    }

    /// <summary>The height that it takes, with the axis.</summary>
    public double Height { get; }

    /// <summary>Draws it with its upper edge there.</summary>
    public string Draw(double top)
    {
        Band(top);
        Axis(top);
        var y = top + AxisHeight;
        foreach (var (track, lanes) in _rows)
        {
            _svg.Append($"<text class=\"track\" x=\"{MarkupText.Of(_scale.Left - 12)}\" y=\"{MarkupText.Of(y + 15)}\">{MarkupText.Of(track)}</text>\n");
            foreach (var lane in lanes)
            {
                for (var i = 0; i < lane.Count; i++)
                    Bar(lane[i], y, TimelinePalette.Colour(lane[i], i), i + 1 < lane.Count ? _scale.At(lane[i + 1].Start) : _scale.Left + _scale.Width);
                y += LaneHeight;
            }

            y += RowGap;
        }

        return _svg.ToString();
    }

    // What overlaps goes to a lane below.
    private List<List<TimelineSpan>> Lanes(string track)
    {
        var lanes = new List<List<TimelineSpan>>();
        foreach (var span in _timeline.Spans.Where(span => span.Track == track && _scale.Shows(span)))
        {
            var lane = lanes.FirstOrDefault(one => one[^1].End <= span.Start);
            if (lane is null)
                lanes.Add([span]);
            else
                lane.Add(span);
        }

        return lanes.Count == 0 ? [[]] : lanes;
    }

    private void Band(double top)
    {
        var (from, to) = (_scale.At(_timeline.FocusStart), _scale.At(_timeline.FocusEnd));
        _svg.Append($"<rect class=\"band\" x=\"{MarkupText.Of(from)}\" y=\"{MarkupText.Of(top + AxisHeight - 4)}\" "
            + $"width=\"{MarkupText.Of(Math.Max(1, to - from))}\" height=\"{MarkupText.Of(Height - AxisHeight)}\"/>\n");
    }

    private void Axis(double top)
    {
        foreach (var tick in _scale.Ticks())
        {
            var x = MarkupText.Of(_scale.At(tick));
            _svg.Append($"<line class=\"tick\" x1=\"{x}\" x2=\"{x}\" y1=\"{MarkupText.Of(top + AxisHeight - 6)}\" y2=\"{MarkupText.Of(top + Height - 4)}\"/>");
            _svg.Append($"<text class=\"tick\" x=\"{x}\" y=\"{MarkupText.Of(top + 14)}\">{MarkupText.Of(tick / 1000.0)}</text>\n");
        }
    }

    private void Bar(TimelineSpan span, double y, string colour, double roomEnd)
    {
        var (from, to) = (_scale.At(span.Start), _scale.At(span.End));
        var width = Math.Max(1, to - from);
        var name = MarkupText.Of(span.Name);
        var took = MarkupText.Duration(span.Length);
        _svg.Append($"<g><title>{name}: {took}, from {MarkupText.Duration(span.Start)}</title><rect x=\"{MarkupText.Of(from)}\" y=\"{MarkupText.Of(y)}\" "
            + $"width=\"{MarkupText.Of(width)}\" height=\"{MarkupText.Of(LaneHeight - 3)}\" fill=\"{colour}\"/>");
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

    private void Label(double x, double y, string kind, string text) =>
        _svg.Append($"<text class=\"{kind}\" x=\"{MarkupText.Of(x)}\" y=\"{MarkupText.Of(y + 14)}\">{text}</text>");

    private static bool Fits(string text, double width) => text.Length * LetterWidth + 8 <= width;
}

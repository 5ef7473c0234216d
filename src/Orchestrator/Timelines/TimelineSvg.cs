using System.Text;

namespace LxcNative.Orchestrator.Timelines;

/// <summary>The picture: the whole above, the part that matters large below.</summary>
internal static class TimelineSvg
{
    private const double Width = 1280;
    private const double Left = 110;
    private const double Right = 24;
    private const double Header = 44;
    private const double Between = 40;

    // A little of what is around it shows where the focus begins and ends.
    private const double Margin = 0.03;

    private const string Style = """
        <style>
        text { font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
        .title { font-size: 16px; font-weight: 600 } .note { fill: #57606a } .panel { font-weight: 600 }
        text.track { text-anchor: end; fill: #57606a } text.tick { text-anchor: middle; fill: #57606a; font-size: 11px }
        line.tick { stroke: #e4e7eb } .in { fill: #fff; font-size: 11px } .by { font-size: 11px } .band { fill: #fdecee }
        </style>
        """;

    public static string Draw(Timeline timeline)
    {
        var whole = new TimelinePanel(timeline, TimelineScale.Of(timeline.Start, timeline.End, Left, Width - Left - Right));
        var margin = (timeline.FocusEnd - timeline.FocusStart) * Margin;
        var focus = new TimelinePanel(timeline, TimelineScale.Of(timeline.FocusStart - margin, timeline.FocusEnd + margin, Left, Width - Left - Right));
        var below = Header + Between + whole.Height;
        var height = below + Between + focus.Height + 8;
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {MarkupText.Of(Width)} {MarkupText.Of(height)}\" "
            + $"width=\"{MarkupText.Of(Width)}\" height=\"{MarkupText.Of(height)}\">\n");
        svg.Append(Style)
            .Append($"\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<text class=\"title\" x=\"16\" "
            + $"y=\"28\">{MarkupText.Of(timeline.Title)}</text>\n");
        Panel(svg, timeline, whole, Header, $"all of it: {MarkupText.Duration(timeline.End - timeline.Start)}");
        Panel(svg, timeline, focus, below, $"the shaded part: {MarkupText.Duration(timeline.FocusEnd - timeline.FocusStart)}");
        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder svg, Timeline timeline, TimelinePanel panel, double top, string caption)
    {
        svg.Append($"<text class=\"panel\" x=\"16\" y=\"{MarkupText.Of(top + 20)}\">{MarkupText.Of(caption)}</text>");
        svg.Append($"<text class=\"note\" x=\"{MarkupText.Of(Left + 160)}\" y=\"{MarkupText.Of(top + 20)}\">milliseconds; 0 is "
            + $"{MarkupText.Of(timeline.Zero)}</text>\n");
        svg.Append(panel.Draw(top + Between - 12));
    }
}

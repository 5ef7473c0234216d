using System.Text;

namespace LxcNative.Orchestrator.Timelines;

/// <summary>A page of its own: the picture, and every span in a table.</summary>
internal static class TimelineHtml
{
    private const string Head = """
        <meta charset="utf-8">
        <style>
        body { font: 14px/1.4 system-ui, sans-serif; margin: 24px; color: #1f2328; background: #fff }
        svg { max-width: 100%; height: auto }
        table { border-collapse: collapse; margin-top: 24px }
        th, td { text-align: left; padding: 3px 14px 3px 0; border-bottom: 1px solid #e4e7eb }
        td.n { text-align: right; font-variant-numeric: tabular-nums }
        </style>
        """;

    public static string Write(Timeline timeline)
    {
        var title = MarkupText.Of(timeline.Title);
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head>\n").Append(Head)
            .Append($"\n<title>{title}</title></head><body>\n<h1>{title}</h1>\n");
        page.Append(TimelineSvg.Draw(timeline));
        page.Append($"<table><tr><th>row</th><th>what</th><th>from ({MarkupText.Of(timeline.Zero)} = 0)</th><th>took</th></tr>\n");
        foreach (var span in timeline.Spans)
            page.Append($"<tr><td>{MarkupText.Of(span.Track)}</td><td>{MarkupText.Of(span.Name)}</td><td "
                + $"class=\"n\">{MarkupText.Duration(span.Start)}</td><td class=\"n\">{MarkupText.Duration(span.Length)}</td></tr>\n");
        return page.Append("</table>\n</body></html>\n").ToString();
    }
}

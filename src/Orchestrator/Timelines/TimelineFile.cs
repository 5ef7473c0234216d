using System.Text.Json;

namespace LxcNative.Orchestrator.Timelines;

/// <summary>Writes timelines to files.</summary>
public static class TimelineFile
{
    /// <summary>The format that a file's name asks for: .svg, .html or .json; null for another.</summary>
    public static TimelineFormat? FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".svg" => TimelineFormat.Svg,
        ".html" or ".htm" => TimelineFormat.Html,
        ".json" => TimelineFormat.Json,
        _ => null,
    };

    /// <summary>Writes it; what was there is replaced.</summary>
    /// <param name="path">The file, whose name tells the format.</param>
    /// <param name="timeline">The timeline.</param>
    /// <exception cref="ArgumentException">The name tells no format.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, Timeline timeline)
    {
        var format = FormatOf(path) ?? throw new ArgumentException($"{path}: the name of a timeline's file ends in .svg, .html or .json", nameof(path));
        File.WriteAllText(path, Text(timeline, format));
    }

    /// <summary>The file's text.</summary>
    public static string Text(Timeline timeline, TimelineFormat format) => format switch
    {
        TimelineFormat.Svg => TimelineSvg.Draw(timeline),
        TimelineFormat.Html => TimelineHtml.Write(timeline),
        _ => JsonSerializer.Serialize(TimelineDocument.Of(timeline), OrchestratorJson.Default.TimelineDocument) + "\n",
    };
}

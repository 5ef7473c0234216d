namespace LxcNative.Orchestrator.Timelines;

/// <summary>The colours of bars: one hue for each row, two shades by turns, red for what stands still.</summary>
internal static class TimelinePalette
{
    /// <summary>The name of the span in which the container does not run.</summary>
    public const string StandsStill = "stands still";

    /// <summary>The name of the span in which there is no container.</summary>
    public const string IsAway = "is not there";

    /// <summary>The name of the span in which nothing passes.</summary>
    public const string Locked = "locked";

    private const string Red = "#d1495b";
    private const string Amber = "#e0a030";
    private static readonly (string One, string Other) Unknown = ("#8a939e", "#a6adb6");
    private static readonly Dictionary<string, (string One, string Other)> Hues = new(StringComparer.Ordinal)
    {
        [Track.Container] = ("#5f9e68", "#5f9e68"),
        [Track.Own] = ("#4a7fb5", "#6f9bc6"),
        [Track.Beside] = ("#3f9c93", "#63b1a9"),
        [Track.Criu] = ("#7d6fb0", "#978bc0"),
    };

    /// <summary>The colour of the nth bar of a row.</summary>
    public static string Colour(TimelineSpan span, int position) => span.Name switch
    {
        StandsStill or IsAway => Red,
        Locked => Amber,
        _ => Hues.GetValueOrDefault(span.Track, Unknown) is var hue && position % 2 == 0 ? hue.One : hue.Other,
    };
}

namespace LxcNative.Orchestrator.Timelines;

/// <summary>How a timeline is written.</summary>
public enum TimelineFormat
{
    /// <summary>A picture.</summary>
    Svg,

    /// <summary>A page with the picture and a table of every span.</summary>
    Html,

    /// <summary>The <see cref="Timeline"/> itself.</summary>
    Json,
}

namespace LxcNative.Orchestrator.Engines.Lxc.Configurations;

/// <summary>A line of an LXC configuration.</summary>
/// <param name="Text">The line as it stands, without its end.</param>
/// <param name="Key">Its key; null for a comment, an empty line, or a key that is not LXC's.</param>
/// <param name="Value">Its value without quotes; empty to clear what stands before.</param>
internal sealed record ConfigurationLine(string Text, string? Key, string Value)
{
    /// <summary>A line that gives a key a value.</summary>
    public static ConfigurationLine Of(string key, string value) => new($"{key} = {value}", key, value);
}

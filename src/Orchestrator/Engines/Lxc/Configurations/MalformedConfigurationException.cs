using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Engines.Lxc.Configurations;

/// <summary>A line of an LXC configuration that cannot be understood.</summary>
/// <param name="file">The file.</param>
/// <param name="line">The line, counted from 1.</param>
/// <param name="reason">Why.</param>
public sealed class MalformedConfigurationException(string file, int line, string reason) : RefusedException($"{file}:{line}: {reason}")
{
    /// <summary>The line, counted from 1.</summary>
    public int Line { get; } = line;
}

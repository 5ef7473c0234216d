using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Containers;

/// <summary>No running container has this name, or there is no process of this pid.</summary>
/// <param name="message">What was looked for, where, and what to do.</param>
/// <param name="inner">What was behind it.</param>
/// <param name="lxcPath">Where a name was looked for; null for a pid.</param>
/// <param name="name">The name that was looked for; null for a pid.</param>
public sealed class ContainerNotFoundException(string message, Exception? inner = null, string? lxcPath = null, string? name = null)
    : RefusedException(message, inner)
{
    /// <summary>The name that was looked for; null for a pid.</summary>
    public string? Name { get; } = name;

    /// <summary>Where a name was looked for; null for a pid.</summary>
    public string? LxcPath { get; } = lxcPath;
}

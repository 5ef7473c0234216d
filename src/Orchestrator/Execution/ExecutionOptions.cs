namespace LxcNative.Orchestrator.Execution;

/// <summary>A program to be run inside a container.</summary>
public sealed record ExecutionOptions
{
    /// <summary>The program and its arguments; one without a slash is looked for in <c>PATH</c>. Empty for a login shell of the user's.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Variables beside PATH, HOME, USER, TERM, LANG and container=lxc; nothing else of the caller's goes into the container.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The user, by its number inside.</summary>
    public uint UserId { get; init; }

    /// <summary>The group, by its number inside; null for the user's own.</summary>
    public uint? GroupId { get; init; }

    /// <summary>The working directory inside; null for /.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Whether it gets a terminal of the container's, connected to the caller's; null where standard input and output are terminals.</summary>
    public bool? Terminal { get; init; }

    /// <summary>The program that becomes the process that enters the container; null to find it, as for a restore (<see
    /// cref="Restores.RestoreOptions.MonitorProgram"/>).</summary>
    public string? HelperProgram { get; init; }
}

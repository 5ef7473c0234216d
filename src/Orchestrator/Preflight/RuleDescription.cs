namespace LxcNative.Orchestrator.Preflight;

/// <summary>What a rule is about: the same for every finding of it.</summary>
public sealed record RuleDescription
{
    /// <summary>Its id: never used for anything else, also when the rule is gone.</summary>
    public required string Id { get; init; }

    /// <summary>It in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What usually follows; options may make it less.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>Where it is seen, from outside of the container.</summary>
    public required string SeenBy { get; init; }

    /// <summary>Why it matters.</summary>
    public required string Why { get; init; }

    /// <summary>What to do.</summary>
    public required string Remedy { get; init; }

    /// <summary>The option that permits it; null where none does.</summary>
    public string? Permit { get; init; }

    /// <summary>What criu logs, with N and PATH for what differs; null where criu says nothing.</summary>
    public string? CriuMessage { get; init; }

    /// <summary>A finding of it.</summary>
    internal Finding Found(string seen, string? criuMessage = null, FindingSeverity? severity = null) => new()
    {
        Id = Id,
        Severity = severity ?? Severity,
        Title = Title,
        Seen = FindingText.OneLine(seen),
        Why = Why,
        Remedy = Remedy,
        Permit = Permit,
        CriuMessage = criuMessage,
    };
}

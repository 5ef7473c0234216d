namespace LxcNative.Orchestrator.Preflight;

/// <summary>A rule's description, and findings made of it.</summary>
internal abstract class DescribedRule(RuleDescription description)
{
    /// <summary>What it is about.</summary>
    public RuleDescription Description { get; } = description;

    /// <summary>A finding of this rule.</summary>
    protected Finding Found(string seen, string? criuMessage = null, FindingSeverity? severity = null) => Description.Found(seen, criuMessage, severity);
}

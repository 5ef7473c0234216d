namespace LxcNative.Orchestrator.Preflight.Failures;

/// <summary>A part of an error line of criu, and the rule that it belongs to.</summary>
internal readonly record struct FailureText(string Text, RuleDescription Rule);

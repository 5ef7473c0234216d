namespace LxcNative.Orchestrator.Errors;

/// <summary>An option has a value that no run could have; nothing was looked at yet.</summary>
/// <param name="option">The property of the options record.</param>
/// <param name="reason">What is wrong with its value, and what it takes.</param>
public sealed class InvalidOptionException(string option, string reason) : RefusedException($"{option}: {reason}")
{
    /// <summary>The property of the options record.</summary>
    public string Option { get; } = option;

    /// <summary>What is wrong with its value, and what it takes.</summary>
    public string Reason { get; } = reason;
}

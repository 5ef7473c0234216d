namespace LxcNative.Orchestrator.Steps;

/// <summary>How long something that a step makes is to be there.</summary>
internal enum Lifetime
{
    /// <summary>Until what it was made for goes on by itself: the kernel, or the container, has it from then on.</summary>
    Attempt,

    /// <summary>Until the container runs: only its restore needs it.</summary>
    Restore,

    /// <summary>Until the container has ended.</summary>
    Container,
}

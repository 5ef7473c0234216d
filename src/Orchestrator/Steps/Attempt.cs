namespace LxcNative.Orchestrator.Steps;

/// <summary>What is done after nothing can be refused any more: its failure is told, and stops nothing.</summary>
internal static class Attempt
{
    /// <summary>Does it.</summary>
    /// <param name="told">Gets a sentence when it fails.</param>
    /// <param name="what">What is missing then.</param>
    /// <param name="action">What to do; null for nothing.</param>
    public static void Run(ICollection<string> told, string what, Action? action)
    {
        try
        {
            action?.Invoke();
        }
        catch (Exception e) when (StepFailures.IsExpected(e))
        {
            told.Add($"{what}: {e.Message}");
        }
    }

    /// <summary>Does what the caller of the library handed in: it may fail in any way.</summary>
    /// <inheritdoc cref="Run" />
    public static void RunForeign(ICollection<string> told, string what, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            told.Add($"{what}: {e.Message}");
        }
    }
}

using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Preparation;

/// <summary>Carries the steps of a preparation out, and takes them back when one fails.</summary>
internal static class PreparationRunner
{
    /// <summary>Carries them out.</summary>
    /// <exception cref="FailedException">One failed; those before it were taken back.</exception>
    public static void Run(string subject, IReadOnlyList<Step> steps)
    {
        var runner = new StepRunner();
        foreach (var step in steps)
        {
            try
            {
                runner.Take(step);
            }
            catch (Exception failure) when (StepFailures.IsExpected(failure))
            {
                var left = runner.TakeBack();
                throw new FailedException(
                    $"{subject}: \"{step.What}\" failed: {failure.Message}. "
                    + $"{(left.Count == 0 ? "Everything is as it was" : $"ATTENTION: could not be taken back: {string.Join("; ", left)}")}",
                    left.Count == 0 ? ContainerState.Untouched : ContainerState.NeedsAttention, failure);
            }
        }
    }
}

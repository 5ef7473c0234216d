using LxcNative.Native.Errors;

namespace LxcNative.Orchestrator.Preparation;

/// <summary>Carries the steps of a preparation out, and takes them back when one fails.</summary>
internal static class PreparationRunner
{
    /// <summary>Carries them out.</summary>
    /// <exception cref="PreparationFailedException">One failed; those before it were taken back.</exception>
    public static void Run(string subject, IReadOnlyList<PreparationStep> steps)
    {
        var done = new Stack<PreparationStep>();
        foreach (var step in steps.Where(step => step.Apply is not null))
        {
            try
            {
                step.Apply!();
                done.Push(step);
            }
            catch (Exception failure) when (IsExpected(failure))
            {
                var left = TakeBack(done);
                throw new PreparationFailedException(
                    $"{subject}: \"{step.What}\" failed: {failure.Message}. {(left.Count == 0 ? "Everything is as it was" : $"ATTENTION: could not be taken back: {string.Join("; ", left)}")}",
                    left.Count == 0, failure);
            }
        }
    }

    private static List<string> TakeBack(Stack<PreparationStep> done)
    {
        var left = new List<string>();
        while (done.TryPop(out var step))
        {
            try
            {
                step.Revert?.Invoke();
            }
            catch (Exception failure) when (IsExpected(failure))
            {
                left.Add($"{step.What} ({failure.Message})");
            }
        }

        return left;
    }

    private static bool IsExpected(Exception failure) => failure is LinuxException or IOException or UnauthorizedAccessException or PreparationRefusedException;
}

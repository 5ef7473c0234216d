using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.InPlace;

/// <summary>The second try for a container that did not come back in its own place: its images are restored as they would be anywhere.</summary>
internal static class InPlaceRepetition
{
    /// <summary>Restores them.</summary>
    /// <param name="directory">The images.</param>
    /// <param name="options">How.</param>
    /// <param name="first">Why it did not come back.</param>
    /// <param name="name">The container's name.</param>
    /// <param name="warnings">Told of the first try.</param>
    /// <exception cref="FailedException">It did not come back again: it is dumped.</exception>
    public static RestoreResult Run(string directory, RestoreOptions options, FailedException first, string name, ICollection<string> warnings)
    {
        try
        {
            var restored = new Restorer().Restore(directory, options);
            warnings.Add($"{name} came back at the second try; at the first it did not: {first.Message}");
            return restored;
        }
        catch (Exception second) when (second is LxcNativeException or LinuxException or IOException)
        {
            // It took back what the first had left, or left something itself.
            var isClean = second is FailedException ? second is FailedException { State: ContainerState.Untouched }
                : first.State == ContainerState.Dumped || Recovery.RunBefore(name).Count == 0;
            throw new FailedException(
                $"{name} is dumped, and its images in {directory} are complete, but it did not come back: restore it from there.\n{first.Message}\n"
                + $"A second try: {second.Message}", isClean ? ContainerState.Dumped : ContainerState.NeedsAttention, second);
        }
    }
}

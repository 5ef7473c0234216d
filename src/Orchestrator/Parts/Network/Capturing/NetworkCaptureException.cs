using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Parts.Network.Capturing;

/// <summary>A network namespace holds what cannot be captured; criu's own way is left (<c>--netns criu</c>).</summary>
internal sealed class NetworkCaptureException(IReadOnlyList<string> obstacles)
    : LxcNativeException($"the network namespace cannot be captured: {string.Join("; ", obstacles)}")
{
    /// <summary>What it holds.</summary>
    public IReadOnlyList<string> Obstacles { get; } = obstacles;
}

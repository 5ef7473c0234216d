namespace LxcNative.Orchestrator.NetworkState.Capturing;

/// <summary>A network namespace holds what cannot be captured; criu's own way is left (<c>--netns criu</c>).</summary>
internal sealed class NetworkCaptureException(IReadOnlyList<string> obstacles)
    : Exception($"the network namespace cannot be captured: {string.Join("; ", obstacles)}")
{
    /// <summary>What it holds.</summary>
    public IReadOnlyList<string> Obstacles { get; } = obstacles;
}

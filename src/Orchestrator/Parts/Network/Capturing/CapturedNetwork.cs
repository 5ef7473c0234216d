namespace LxcNative.Orchestrator.Parts.Network.Capturing;

/// <summary>A namespace just captured: the slow part, making texts and judging, is still to be done.</summary>
internal sealed class CapturedNetwork(NetworkImage image, SysctlValues sysctls, IReadOnlySet<string> pairs)
{
    /// <summary>What could not be rebuilt as it was; see <see cref="NetworkCapture.Obstacles"/>.</summary>
    public IReadOnlyList<string> Obstacles() => ImageObstacles.Find(image, pairs);

    /// <summary>The finished image.</summary>
    /// <exception cref="NetworkCaptureException">Something was added since <see cref="NetworkCapture.Prepare"/> that cannot be captured.</exception>
    public NetworkImage Complete()
    {
        if (Obstacles() is { Count: > 0 } obstacles)
            throw new NetworkCaptureException(obstacles);
        return image with { Sysctls = sysctls.ToList() };
    }
}

namespace LxcNative.Orchestrator.Restores;

/// <summary>Failures of criu's that another try does not meet: nothing is wrong with the images, or with the host.</summary>
/// <remarks>The init of a container with a user namespace opens the image of its time namespace without waiting for its own users, whose the images are shown
/// to be (prepare_timens comes before PREPARE_NAMESPACES, criu/cr-restore.c): sometimes it is too early.</remarks>
internal static class PassingFailure
{
    /// <summary>How often the same is tried.</summary>
    public const int Attempts = 4;

    /// <summary>Whether this is one.</summary>
    /// <param name="criuErrors">criu's error lines.</param>
    public static bool Is(IEnumerable<string> criuErrors) => criuErrors.Any(line =>
        line.Contains("timens-", StringComparison.Ordinal) && line.Contains("Permission denied", StringComparison.Ordinal));
}

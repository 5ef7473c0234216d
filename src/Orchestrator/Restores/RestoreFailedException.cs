namespace LxcNative.Orchestrator.Restores;

/// <summary>A restore failed after it had begun; what it had made was removed again.</summary>
public sealed class RestoreFailedException : Exception
{
    /// <summary>Makes the exception.</summary>
    public RestoreFailedException(string message, bool cleanedUp, Exception? inner = null)
        : base(message, inner) => CleanedUp = cleanedUp;

    /// <summary>Whether nothing of the attempt is left; if not, the message says what is.</summary>
    public bool CleanedUp { get; }
}

namespace LxcNative.Cli.Metrics;

/// <summary>What is known of a run that is told to Prometheus.</summary>
internal sealed class Measured
{
    /// <summary>The container, as it was named, or as it is called.</summary>
    public required string Container { get; set; }

    /// <summary>How long it stood still; null where it did not.</summary>
    public TimeSpan? Pause { get; set; }

    /// <summary>The bytes that were written or moved; null for none.</summary>
    public long? Bytes { get; set; }
}

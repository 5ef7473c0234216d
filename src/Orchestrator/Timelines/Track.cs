namespace LxcNative.Orchestrator.Timelines;

/// <summary>The rows of the pictures.</summary>
internal static class Track
{
    public const string Container = "container";
    public const string Network = "network";
    public const string Own = "lxcnative";
    public const string Beside = "beside it";
    public const string Criu = "criu";
    public const string Tasks = "criu: tasks";

    /// <summary>From the top.</summary>
    public static readonly string[] Order = [Container, Network, Own, Beside, Criu, Tasks];
}

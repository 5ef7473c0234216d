namespace LxcNative.Orchestrator.Timelines;

/// <summary>The names of a restore's spans.</summary>
internal static class RestoreSpan
{
    public const string Verify = "verify";
    public const string Prepare = "prepare";
    public const string Place = "await the place";
    public const string Criu = "criu works";
    public const string Init = "init is made";
    public const string Await = "await network";
    public const string Repair = "repair";
    public const string Open = "open";
    public const string Rebuild = "rebuild network";
    public const string Fill = "fill tmpfs";
}

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Mount points as criu logs them: from a dot.</summary>
internal static class MountText
{
    /// <summary>What comes after the dot.</summary>
    public static string Logged(string mountPoint) => mountPoint == "/" ? "/" : mountPoint;
}

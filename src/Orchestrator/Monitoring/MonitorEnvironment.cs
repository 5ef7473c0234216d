using LxcNative.Native.Processes;

namespace LxcNative.Orchestrator.Monitoring;

/// <summary>The environment of a process that restores: criu and what it runs take PATH, locale and their own settings from it.</summary>
internal static class MonitorEnvironment
{
    /// <summary>Leaves nothing in it that could change what criu does.</summary>
    /// <param name="criu">The criu's path.</param>
    public static void Clean(string criu)
    {
        var tool = Environment.GetEnvironmentVariable("CR_IP_TOOL");
        ProcessEnvironment.Clear();
        ProcessEnvironment.Set("PATH", $"{Path.GetDirectoryName(criu)}:{SystemPath.Value}");
        ProcessEnvironment.Set("LANG", "C");
        if (tool is { Length: > 0 })
            ProcessEnvironment.Set("CR_IP_TOOL", tool);
    }
}

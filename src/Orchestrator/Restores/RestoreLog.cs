using Microsoft.Extensions.Logging;

namespace LxcNative.Orchestrator.Restores;

/// <summary>What a restore tells its log.</summary>
internal static partial class RestoreLog
{
    [LoggerMessage(11, LogLevel.Information, "Container {Name} runs again; its init is {Init}")]
    public static partial void Restored(ILogger logger, string name, int init);

    [LoggerMessage(12, LogLevel.Error, "The restore of {Name} failed: {Error}")]
    public static partial void Failed(ILogger logger, string name, string error);
}

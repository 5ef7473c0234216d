using Microsoft.Extensions.Logging;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>What a checkpoint tells its log.</summary>
internal static partial class CheckpointLog
{
    [LoggerMessage(1, LogLevel.Information, "Container {Name}: init {Init}, {Processes} processes")]
    public static partial void Found(ILogger logger, string name, int init, int processes);

    [LoggerMessage(2, LogLevel.Information, "Container {Name} dumped; it stood still for {Pause} microseconds")]
    public static partial void Dumped(ILogger logger, string name, long pause);

    [LoggerMessage(3, LogLevel.Error, "The checkpoint of {Name} failed")]
    public static partial void Failed(ILogger logger, string name, Exception cause);

    [LoggerMessage(4, LogLevel.Information, "It is tried again: what was in the way may be gone. {Reason}")]
    public static partial void Again(ILogger logger, string reason);
}

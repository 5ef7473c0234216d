using LxcNative.Native.Files;
using LxcNative.Native.Memory;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Pipe in packet mode.</summary>
internal sealed class PacketPipe() : PreflightRule(new RuleDescription
{
    Id = "LXN032",
    Title = "Pipe in packet mode",
    Severity = FindingSeverity.Blocks,
    SeenBy = "O_DIRECT among the flags in /proc/PID/fdinfo/N of a pipe",
    Why = "Boundaries between packets in the pipe cannot be read.",
    Remedy = "Stop the program that made the pipe with O_DIRECT.",
    CriuMessage = "The packetized mode for pipes is not supported yet",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Files.Where(file => file is { Type: FileType.Fifo, Info: not null }
                && FdInfo.Flags(file.Info) is { } flags && (flags & DirectAccess.Flag) != 0)
            .Select(file => Found(file, $"{file.Target} is in packet mode", "The packetized mode for pipes is not supported yet"));
}

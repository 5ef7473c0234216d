using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Path names another file now.</summary>
internal sealed class NameOfAnotherFile() : PreflightRule(new RuleDescription
{
    Id = "LXN029",
    Title = "Path names another file now",
    Severity = FindingSeverity.Blocks,
    SeenBy = "stat of the path in /proc/PID/fd and of the descriptor differ",
    Why = "Something was mounted over the file, or put in its place while it keeps another name: opening the path again would open the wrong file.",
    Remedy = "Make the program open the file again, or unmount what covers it.",
    Permit = "--evasive-devices (device nodes only)",
    CriuMessage = "Unaccessible path opened N:N, need N:N",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        foreach (var file in snapshot.Files.Where(file => file is { Number: >= 0, Path: PathState.Other, LinkCount: > 0 } && IsLookedAt(file)))
        {
            // Of a mount that is covered as a whole, and of one outside, criu says so.
            if (snapshot.MountOf(file) is not { } mount || snapshot.IsCovered(mount, file.Process.Namespaces.Mount))
                continue;
            var isDevice = file.Type is FileType.CharacterDevice or FileType.BlockDevice;
            if (!isDevice || !options.EvasiveDevices)
                yield return Found(file, $"{file.PathText} is another file now", "Unaccessible path opened") with
                {
                    Permit = isDevice ? "--evasive-devices" : null,
                };
        }
    }

    // Terminals have rules of their own, and what /proc names depends on who looks.
    private static bool IsLookedAt(ObservedFile file) =>
        file.HasPath && !file.Target.StartsWith("/proc/", StringComparison.Ordinal)
        && (file.Type is FileType.Regular or FileType.Directory or FileType.Fifo || (file.Type == FileType.CharacterDevice && file.Special.Major == 1));
}

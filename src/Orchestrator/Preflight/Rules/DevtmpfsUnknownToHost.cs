using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>devtmpfs, and the host has none.</summary>
internal sealed class DevtmpfsUnknownToHost() : PreflightRule(new RuleDescription
{
    Id = "LXN077",
    Title = "devtmpfs, and the host has none",
    Severity = FindingSeverity.Blocks,
    SeenBy = "devtmpfs in /proc/INIT/mountinfo and none on /dev of the host",
    Why = "criu tells the container’s devtmpfs from the host’s by comparing with it.",
    Remedy = "Mount a devtmpfs on the host’s /dev, or a tmpfs in the container (lxc.autodev = 1).",
    CriuMessage = "devtmpfs isn't mount on the host",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Host.HasDevtmpfs
            ? []
            : snapshot.Container.Mounts.Where(mount => mount is { Kind: ContainerMountKind.Internal, Entry.FileSystemType: "devtmpfs" })
            .Select(mount => Found($"mount {mount.Entry.MountPoint}", "devtmpfs isn't mount on the host") with { MountPoint = mount.Entry.MountPoint });
}

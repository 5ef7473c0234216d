using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Credentials;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>File system that criu does not know.</summary>
internal sealed class UnsupportedFileSystem() : PreflightRule(new RuleDescription
{
    Id = "LXN070",
    Title = "File system that criu does not know",
    Severity = FindingSeverity.Blocks,
    SeenBy = "Type in /proc/INIT/mountinfo",
    Why = "criu mounts proc, sysfs, tmpfs, devpts, devtmpfs, cgroup, mqueue, pstore and their like anew; other file systems only if they are the root, come "
        + "from the host, or are bound from one of these. The empty ramfs of systemd’s units, /run/credentials/UNIT, is made anew by the restore: it "
        + "comes from outside for criu.",
    Remedy = "Unmount it in the container, or bind it from the host with lxc.mount.entry.",
    Permit = "--external 'mnt[MOUNTPOINT]:KEY'",
    CriuMessage = "FS mnt PATH dev N root / unsupported id N",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Container.Mounts.Where(mount => mount.Kind == ContainerMountKind.Unsupported && mount.Entry.Root == "/" && !ServedMounts.IsFuse(mount.Entry)
            && !Named(mount.Entry.MountPoint, options) && !CredentialMount.IsMadeAnew(mount, snapshot))
            .Select(mount => Found(
                $"mount {mount.Entry.MountPoint}: {mount.Entry.FileSystemType} ({mount.Entry.Source})",
                $"FS mnt .{MountText.Logged(mount.Entry.MountPoint)} dev 0x{(mount.Entry.Major << 20) | mount.Entry.Minor:x} root / unsupported id "
                + $"{mount.Entry.Id}") with
            { MountPoint = mount.Entry.MountPoint });

    /// <summary>Whether the user named the mount as coming from outside.</summary>
    internal static bool Named(string mountPoint, CheckpointOptions options) =>
        options.External.Any(one => one.StartsWith($"mnt[{mountPoint}]", StringComparison.Ordinal));
}

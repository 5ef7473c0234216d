using LxcNative.Native.Files;
using LxcNative.Native.Terminals;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Open device.</summary>
internal sealed class DeviceFile() : PreflightRule(new RuleDescription
{
    Id = "LXN022",
    Title = "Open device",
    Severity = FindingSeverity.Blocks,
    SeenBy = "st_rdev of what /proc/PID/fd names",
    Why = "A device has state that only its driver knows. criu keeps /dev/null and its kin, terminals, tun/tap and the autofs device; it refuses FUSE, KVM, "
        + "loop, sound, graphics, serial and all other devices, and block devices.",
    Remedy = "Stop the program that uses the device, or make it close it; lxc.cgroup2.devices.deny keeps it from opening it again.",
    CriuMessage = "Can't dump file N of that type [20600] (chr 10:229)",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        foreach (var file in snapshot.Files.Where(file => file.Number >= 0 && file.Type is FileType.CharacterDevice or FileType.BlockDevice))
        {
            var isBlock = file.Type == FileType.BlockDevice;
            // A file of a mount outside is refused before anybody asks what it is.
            if ((!isBlock && IsKnown(file.Special)) || snapshot.MountOf(file) is null)
                continue;
            yield return Found(file, $"{file.Target}, {(isBlock ? "block" : "character")} device {file.Special.Major}:{file.Special.Minor}",
                $"Can't dump file {file.Number} of that type [{Convert.ToString(file.Mode, 8)}] ({(isBlock ? "blk" : "chr")} "
                + $"{file.Special.Major}:{file.Special.Minor})");
        }
    }

    // Memory devices, /dev/tty, /dev/console and ptmx, virtual consoles, pseudo terminals, tun and autofs.
    private static bool IsKnown(DeviceNumber device) => TerminalDevices.IsSlave(device) || device.Major switch
    {
        1 or 5 or 2 or 3 => true,
        4 => device.Minor is > 0 and < 64,
        10 => device.Minor is 200 or 235,
        _ => false,
    };
}

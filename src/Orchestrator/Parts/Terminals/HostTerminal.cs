using System.Globalization;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Terminals;

/// <summary>A terminal of the host's devpts that is bound into the container: LXC's default console. Its number was given to LXC's monitor, and goes with that:
/// whoever has it at the restore is somebody else.</summary>
/// <param name="Key">What criu's images call the mount.</param>
/// <param name="MountPoint">Where it is in the container.</param>
/// <param name="Terminal">What criu calls the terminal itself.</param>
/// <param name="Device">Its device number as makedev(3) has it.</param>
internal sealed record HostTerminal(string Key, string MountPoint, string Terminal, ulong Device)
{
    private const uint FirstMajor = 136;
    private const int PerMajor = 256;

    /// <summary>Those of a container.</summary>
    public static IReadOnlyList<HostTerminal> Of(Container container) => [.. container.Mounts.Where(Is).Select(mount => From(mount.Entry))];

    /// <summary>Whether a mount is one.</summary>
    public static bool Is(ContainerMount mount) =>
        mount is { Kind: ContainerMountKind.External, Entry.FileSystemType: "devpts" } && Index(mount.Entry) is not null;

    private static HostTerminal From(MountEntry entry)
    {
        var index = Index(entry)!.Value;
        var device = new DeviceNumber(FirstMajor + (uint)(index / PerMajor), (uint)(index % PerMajor)).Value;
        return new HostTerminal($"lxcnative-tty-{entry.Id}", entry.MountPoint, $"tty[{device:x}:{new DeviceNumber(entry.Major, entry.Minor).Value:x}]", device);
    }

    private static int? Index(MountEntry entry) =>
        int.TryParse(entry.Root.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}

using System.Globalization;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Native.Terminals;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Parts.Terminals;

/// <summary>A terminal that comes back as one of the host's devpts, bound into the container: LXC's default console was one before. Its number was given to
/// LXC's monitor, and goes with that: whoever has it at the restore is somebody else.</summary>
/// <param name="Key">What criu's images call the mount.</param>
/// <param name="MountPoint">Where it is in the container.</param>
/// <param name="Terminal">What criu calls the terminal itself.</param>
/// <param name="Device">Its device number as makedev(3) has it.</param>
/// <param name="Owner">Whose it is; null where that is not known.</param>
internal sealed record HostTerminal(string Key, string MountPoint, string Terminal, ulong Device, TerminalOwner? Owner = null)
{
    /// <summary>Those that are the host's already.</summary>
    public static IReadOnlyList<HostTerminal> Of(Container container) => [.. container.Mounts.Where(Is).Select(mount => From(mount.Entry))];

    /// <summary>What criu calls the terminals that it is given instead of making them: those, and what options name.</summary>
    public static IReadOnlySet<string> Given(Container container, CheckpointOptions options) =>
        Of(container).Select(terminal => terminal.Terminal).Concat(options.External).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a mount is one.</summary>
    public static bool Is(ContainerMount mount) =>
        mount.Kind == ContainerMountKind.External && IndexOf(mount.Entry) is not null;

    /// <summary>The one that is to take the place of what a mount shows: a terminal of whatever devpts.</summary>
    public static HostTerminal From(MountEntry entry)
    {
        var device = TerminalDevices.Slave(IndexOf(entry)!.Value).Value;
        return new HostTerminal($"lxcnative-tty-{entry.Id}", entry.MountPoint, Name(device, new DeviceNumber(entry.Major, entry.Minor)), device);
    }

    /// <summary>What criu calls a terminal.</summary>
    /// <param name="device">Its device number as makedev(3) has it.</param>
    /// <param name="devpts">The device of its devpts.</param>
    public static string Name(ulong device, DeviceNumber devpts) => $"tty[{device:x}:{devpts.Value:x}]";

    /// <summary>What criu calls the terminal that a file is.</summary>
    public static string Name(ObservedFile file) => Name(file.Special.Value, file.Device);

    /// <summary>The number of the terminal that a mount shows; null where it shows none.</summary>
    public static int? IndexOf(MountEntry entry) => entry is { FileSystemType: "devpts", Root: ['/', .. var name] }
        && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}

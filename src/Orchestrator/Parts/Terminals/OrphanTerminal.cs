using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Native.Terminals;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Rules;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Parts.Terminals;

/// <summary>A terminal of the container's own devpts that somebody has open while its master is outside, with LXC's monitor: what criu calls an orphan.
/// </summary>
/// <param name="Files">Who has it open; at least one.</param>
/// <param name="Index">Its number in its devpts.</param>
/// <param name="Mounts">Where LXC bound it in the container; none where it did not.</param>
internal sealed record OrphanTerminal(IReadOnlyList<ObservedFile> Files, int Index, IReadOnlyList<MountEntry> Mounts)
{
    /// <summary>criu reads a terminal's number from the name that it was opened by, as atoi(3) does after the last slash.</summary>
    public bool IsNumberedByName => Files.All(file => NumberOf(file.Target) == Index);

    /// <summary>Whether another can stand in for it: where it is bound that one can be.</summary>
    public bool IsReplaceable => Mounts.Count > 0;

    /// <summary>Whether it would control nobody any more: it controls somebody who has it open, and was opened more than once, which criu takes for a pair.
    /// </summary>
    public bool LosesControl => Files.Count(file => !file.IsOpenBefore) > 1 && Files.Any(file => file.Special.Value == (ulong)file.Process.TerminalDevice);

    /// <summary>Those of a container that nobody gives.</summary>
    public static IReadOnlyList<OrphanTerminal> Of(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        var masters = snapshot.Files.Where(file => file.Special == TerminalDevices.Multiplexer && file.Info is not null)
            .Select(file => (file.Device, FdInfo.TerminalIndex(file.Info!))).ToHashSet();
        var given = HostTerminal.Given(snapshot.Container, options);
        return
        [
            .. snapshot.Files.Where(file => file.IsTerminal).GroupBy(file => (file.Device, Index: TerminalDevices.IndexOf(file.Special)))
                .Where(one => !masters.Contains((one.Key.Device, one.Key.Index)) && !given.Contains(HostTerminal.Name(one.First())))
                .Select(one => new OrphanTerminal([.. one], one.Key.Index, MountsOf(snapshot, one.Key.Device, one.Key.Index))),
        ];
    }

    private static List<MountEntry> MountsOf(ContainerSnapshot snapshot, DeviceNumber devpts, int index) =>
        [.. snapshot.Container.Mounts.Select(mount => mount.Entry)
            .Where(entry => HostTerminal.IndexOf(entry) == index && new DeviceNumber(entry.Major, entry.Minor) == devpts)];

    private static int NumberOf(string path) =>
        int.TryParse([.. path.AsSpan()[(path.LastIndexOf('/') + 1)..].ToString().TakeWhile(char.IsAsciiDigit)], out var number) ? number : 0;
}

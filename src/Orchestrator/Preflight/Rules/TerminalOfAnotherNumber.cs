using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Parts.Terminals;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Open terminal that criu takes for another.</summary>
internal sealed class TerminalOfAnotherNumber() : PreflightRule(new RuleDescription
{
    Id = "LXN044",
    Title = "Open terminal that criu takes for another",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "/proc/PID/fd: a terminal of the container’s own devpts, opened by another name than /dev/pts/N",
    Why = "criu reads a terminal’s number from the name that it was opened by: /dev/console and /dev/tty2 are number 0 to it. For the first terminal that is "
        + "right; another, held by a getty on tty2, cannot be opened again at the restore. And it restores only one terminal whose other end is outside.",
    Remedy = "Let nobody hold the terminal: no getty on it (lxc.tty.max = 0 or 1), or lxc.console.path = none with a single getty; restart the container.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        var masters = snapshot.Files.Where(file => file is { Special: { Major: 5, Minor: 2 }, Info: not null })
            .Select(file => (file.Device, FdInfo.TerminalIndex(file.Info!))).ToHashSet();
        var consoles = HostTerminal.Of(snapshot.Container).Select(terminal => terminal.Terminal).ToHashSet();
        var taken = new HashSet<(DeviceNumber, int)>();
        foreach (var file in snapshot.Files.Where(file => file is { Number: >= 0, Type: FileType.CharacterDevice, Special.Major: >= 136 and <= 143 }))
        {
            var index = (int)((file.Special.Major - 136) * 256 + file.Special.Minor);
            if (masters.Contains((file.Device, index)) || consoles.Contains($"tty[{file.Special.Value:x}:{file.Device.Value:x}]"))
                continue;
            taken.Add((file.Device, index));
            if (NumberOf(file.Target) != index || taken.Count > 1)
                yield return Found(file, $"{file.Target} is terminal {index} of its devpts");
        }
    }

    // As atoi(3) reads what follows the last slash.
    private static int NumberOf(string path) =>
        int.TryParse([.. path.AsSpan()[(path.LastIndexOf('/') + 1)..].ToString().TakeWhile(char.IsAsciiDigit)], out var number) ? number : 0;
}

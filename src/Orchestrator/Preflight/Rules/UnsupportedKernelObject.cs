using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Parts.Units;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Kernel object that criu does not know.</summary>
internal sealed class UnsupportedKernelObject() : PreflightRule(new RuleDescription
{
    Id = "LXN021",
    Title = "Kernel object that criu does not know",
    Severity = FindingSeverity.Blocks,
    SeenBy = "anon_inode:… in /proc/PID/fd",
    Why = "Of kernel objects that have only a descriptor, criu knows eventfd, epoll, inotify, fanotify, signalfd, timerfd and pidfd; userfaultfd, perf "
        + "events, BPF programs, maps and links, file system contexts and Landlock rule sets it does not. "
        + "Programs that systemd holds as the container’s init, for IPAddressDeny=, IPAddressAllow=, IPAccounting=, DevicePolicy= and DeviceAllow= of its "
        + "units, it drops for the dump when it is asked (SetUnitProperties, over the container’s message bus): the units are not confined in these ways from "
        + "shortly before the freeze until shortly after the resume, or the restore, and have drop-ins with their own settings in /run/systemd/system.control "
        + "afterwards. For units that have ended an older systemd (252) keeps such programs until they are started again, and no setting makes it drop "
        + "those.",
    Remedy = "Stop the program that holds it, or make it close the descriptor.",
    CriuMessage = "Can't dump file N of that type [600] (anon anon_inode:[userfaultfd])",
})
{
    private const string Prefix = "anon_inode:";

    // io_uring has a rule of its own.
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "eventfd", "eventpoll", "inotify", "fanotify", "signalfd", "timerfd", "pidfd", "io_uring",
    };

    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Files.Where(file => file is { Type: FileType.Unknown, Number: >= 0 } && file.Target.StartsWith(Prefix, StringComparison.Ordinal)
            && !Known.Contains(file.Target[Prefix.Length..].Trim('[', ']')))
            .Select(file => IsOfUnits(file, snapshot) ? DescribeOfUnits(file, snapshot.Units) : Describe(file)).OfType<Finding>()
            .Concat(snapshot.Units.Ended.Count == 0 ? []
                : [Found(snapshot.Init, UnitPrograms.HeldForEnded(snapshot.Units.Ended)) with { Remedy = UnitPrograms.RemedyOfEnded + "." }]);

    private static bool IsOfUnits(ObservedFile file, ContainerSnapshot snapshot) => file.Process.Pid == snapshot.Init.Pid && UnitPrograms.Is(file.Target);

    // Null: which of them are of units that have ended nobody tells; it is said once, of all of them.
    private Finding? DescribeOfUnits(ObservedFile file, UnitObservation units)
    {
        if (units.Confined.Count > 0)
        {
            var names = string.Join(", ", units.Confined.Select(unit => unit.Name));
            return Found(file, $"{file.Target}, for {names}: their settings are taken away for the dump and given back", severity: FindingSeverity.Note);
        }

        return units.Ended.Count > 0 ? null : Describe(file, units.Trouble is { } why ? $" ({why})" : "");
    }

    private Finding Describe(ObservedFile file, string trouble = "") =>
        Found(file, $"{file.Target}{trouble}", $"Can't dump file {file.Number} of that type [{Convert.ToString(file.Mode, 8)}] (anon {file.Target})");
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>
/// The kernel's own record of what a command and all its descendants execute, of their calls of ptrace, by which criu makes tasks stand still,
/// and of membarrier, by which .NET stops its threads for a garbage collection (tracefs; strace cannot follow criu, which has to be the only tracer).
/// </summary>
internal sealed partial class ExecutionTrace : IDisposable
{
    private const long Seize = 0x4206;
    private readonly string _place = Directory.CreateTempSubdirectory("lxn-trace-").FullName;
    private readonly string _instance;

    public ExecutionTrace()
    {
        Command.Output("mount", "-t", "tracefs", "lxn-trace", _place);
        _instance = $"{_place}/instances/{UniqueName.Container()}";
        Directory.CreateDirectory(_instance);
        File.WriteAllText($"{_instance}/options/event-fork", "1");
        foreach (var one in (string[])["sched/sched_process_exec", "syscalls/sys_enter_ptrace", "syscalls/sys_enter_membarrier"])
            File.WriteAllText($"{_instance}/events/{one}/enable", "1");
    }

    /// <summary>Whether the kernel has what is needed.</summary>
    public static bool IsPossible => File.ReadAllText("/proc/filesystems").Contains("\ttracefs\n", StringComparison.Ordinal);

    /// <summary>Runs a command to its end.</summary>
    public CommandResult Run(params IReadOnlyCollection<string> command) =>
        Command.Run("/bin/sh", ["-ec", """echo $$ >"$1/set_event_pid"; shift; exec "$@" """, "sh", _instance, .. command]);

    /// <summary>What happened before the seizure of the first task, and from there to the last call of ptrace, by which a task is let go.</summary>
    /// <exception cref="InvalidOperationException">Nobody was seized.</exception>
    public (TracedEvents Before, TracedEvents Frozen) Read()
    {
        var events = File.ReadAllLines($"{_instance}/trace").Where(line => line.Length > 0 && line[0] != '#').ToList();
        var first = events.FindIndex(line => PtraceRequest().Match(line) is { Success: true } call
            && long.Parse(call.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture) == Seize);
        var last = events.FindLastIndex(PtraceRequest().IsMatch);
        return first >= 0
            ? (new TracedEvents(events[..first]), new TracedEvents(events[first..last]))
            : throw new InvalidOperationException($"criu seized nobody:\n{string.Join('\n', events)}");
    }

    public void Dispose()
    {
        Directory.Delete(_instance);
        Command.Output("umount", _place);
        Directory.Delete(_place);
    }

    [GeneratedRegex(@"sys_ptrace\(request: (?:0x)?([0-9a-f]+),")]
    private static partial Regex PtraceRequest();
}

using System.Diagnostics;
using System.Globalization;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Chaos;

/// <summary>One run of the command, and what befalls it after a while.</summary>
internal static class FaultedCommand
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(90), LongestEnd = TimeSpan.FromSeconds(60);

    /// <summary>Runs it, lets the fault happen after the delay, and waits until nothing of it works any more.</summary>
    /// <exception cref="ViolationException">It hangs.</exception>
    public static FaultedResult Run(Fault fault, TimeSpan delay, Random random, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(LxcNativeCommand.Executable, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var watch = Stopwatch.StartNew();
        using var command = Process.Start(start)!;
        var (output, error) = Readers(command, fault);
        Thread.Sleep(delay);
        var family = Family(command.Id);
        family.Insert(0, Relative.Of(command.Id, "command"));
        var hit = Strike(fault, random, family);
        if (!command.WaitForExit(LongestRun))
            throw new ViolationException($"lxcnative {string.Join(' ', arguments)} does not end");
        // What a killed command started ends, or comes to its end, by itself; a criu that it had just started is known by its session.
        var sessions = family.Select(one => one.Session).ToHashSet();
        List<int> Working() => [.. ProcessTable.Living().Where(pid => sessions.Contains(Relative.SessionOf(pid)) && IsWorking(pid))];
        if (!Wait.Until(() => Working().Count == 0, LongestEnd))
            throw new ViolationException(
                $"what lxcnative {string.Join(' ', arguments)} started does not end: {string.Join("; ", Working().Select(ProcessTable.CommandLine))}");
        return new FaultedResult(hit, command.ExitCode, output.Result + error.Result, watch.Elapsed);
    }

    private static (Task<string> Output, Task<string> Error) Readers(Process command, Fault fault)
    {
        if (fault != Fault.ClosedOutput)
            return (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        command.StandardOutput.Close();
        command.StandardError.Close();
        return (Task.FromResult(""), Task.FromResult(""));
    }

    // Whether there was somebody for it to happen to.
    private static bool Strike(Fault fault, Random random, List<Relative> family)
    {
        var (kind, signal) = fault switch
        {
            Fault.KillCommand => ("command", "KILL"),
            Fault.TerminateCommand => ("command", "TERM"),
            Fault.InterruptCommand => ("command", "INT"),
            Fault.KillMonitor => ("monitor", "KILL"),
            Fault.KillCriu => ("criu", "KILL"),
            _ => ("", ""),
        };
        if (signal.Length == 0)
            return true;
        var targets = family.Where(one => one.Kind == kind && ProcessTable.StartTime(one.Pid) == one.StartTime).ToList();
        return targets.Count > 0
            && Command.Run("kill", $"-{signal}", targets[random.Next(targets.Count)].Pid.ToString(CultureInfo.InvariantCulture)).Succeeded;
    }

    // A monitor stays for as long as its container runs: it works while it has mount points.
    private static bool IsWorking(int pid) => Kind(pid) switch
    {
        "criu" => true,
        "monitor" => Directory.Exists($"/run/lxcnative/restores/{pid}"),
        _ => false,
    };

    private static List<Relative> Family(int pid) =>
        [.. ProcessTable.Children(pid).SelectMany(child => Family(child).Prepend(Relative.Of(child, Kind(child)))).Where(one => one.Kind.Length > 0)];

    private static string Kind(int pid) => ProcessTable.CommandLine(pid) switch
    {
        var line when line.Contains("lxcnative monitor", StringComparison.Ordinal) || line.StartsWith("[lxc monitor]", StringComparison.Ordinal) => "monitor",
        var line when line.Contains("criu", StringComparison.Ordinal) && line.Contains(" swrk ", StringComparison.Ordinal) => "criu",
        _ => "",
    };

    private sealed record Relative(int Pid, string StartTime, string Kind, string Session)
    {
        public static Relative Of(int pid, string kind) => new(pid, ProcessTable.StartTime(pid), kind, SessionOf(pid));

        public static string SessionOf(int pid) => ProcessTable.Status(pid, "NSsid");
    }
}

using System.Text.RegularExpressions;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Accuracy;

/// <summary>What became of a container that was checkpointed and restored.</summary>
/// <param name="Verdict">A word of <see cref="RestoredState"/>.</param>
/// <param name="Detail">The findings, the first error of criu, or where the restored container differs.</param>
/// <param name="Evidence">All that was said, or all differences.</param>
internal sealed partial record RestoreVerdict(string Verdict, string Detail, string Evidence)
{
    // Where a difference is expected, nothing is waited for.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20), SettlingOfDifferences = TimeSpan.FromSeconds(2);

    /// <summary>Checkpoints it by the command, restores it, and compares.</summary>
    public static RestoreVerdict Of(StateInLxc made, RestoredState wanted)
    {
        var container = made.Container;
        var before = Settled(made, wanted);
        for (var generation = 1; generation <= wanted.Generations; generation++)
        {
            using var images = new TemporaryDirectory();
            var saved = LxcNativeCommand.Run(["checkpoint", "--pid", $"{container.InitPid}", "-D", images["dump"], "--json", .. wanted.Checkpoint]);
            if (saved.ExitCode == 3 && ProcessTable.IsAlive(container.InitPid))
                return new RestoreVerdict(RestoredState.Refused, string.Join(", ", Id().Matches(saved.Error).Select(match => match.Value).Distinct()),
                    saved.ToString());
            if (saved.ExitCode != 0)
                return new RestoreVerdict(ProcessTable.IsAlive(container.InitPid) ? RestoredState.RunsOn : RestoredState.Lost,
                    FirstError(images["dump/dump.log"]), saved.ToString());
            var restored = LxcNativeCommand.Run(["restore", "-D", images["dump"], "--json", .. wanted.Restore]);
            if (restored.ExitCode != 0)
                return new RestoreVerdict(RestoredState.Lost, FirstError(images["dump/restore.log"]), restored.ToString());
            container.Adopt(restored.Json().GetProperty("pid").GetInt32());
        }

        var difference = "";
        return Wait.Until(() => (difference = before.DifferenceTo(Capture(made, wanted))).Length == 0,
            wanted.Verdict == RestoredState.Differs ? SettlingOfDifferences : Settling)
            ? new RestoreVerdict(RestoredState.ComesBack, "", "")
            : new RestoreVerdict(RestoredState.Differs, difference.Split('\n')[0].TrimEnd(':'), difference);
    }

    // Two looks that are the same; what changes for ever is seen in the verdict.
    private static Snapshot Settled(StateInLxc made, RestoredState wanted)
    {
        var last = Capture(made, wanted);
        Wait.Until(
            () =>
            {
                var before = last;
                last = Capture(made, wanted);
                return before.DifferenceTo(last).Length == 0;
            },
            Settling);
        return last;
    }

    private static Snapshot Capture(StateInLxc made, RestoredState wanted)
    {
        var snapshot = ContainerSnapshot.Capture(made.Container.InitPid);
        // A terminal opened by its other end (TIOCGPTPEER) shows O_CLOEXEC for ever, and the number of the host's is the host's.
        snapshot.Add("descriptors", snapshot["descriptors"].Select(line => TerminalFlags().Replace(line, "")));
        snapshot.Add("mounts", snapshot["mounts"].Select(line => HostTerminal().Replace(line, "/N ")));
        if (wanted.Look is { } look)
            snapshot.Add("look", made.Container.Inside("all", "/bin/sh", "-c", look).Output.Split('\n'));
        if (made.Recipe.LookOnHost is { } host)
            snapshot.Add("host", host(made.Container).Split('\n'));
        return snapshot;
    }

    private static string FirstError(string log) => !File.Exists(log) ? "" : File.ReadLines(log)
        .Where(line => line.Contains("Error (", StringComparison.Ordinal) && !line.Contains("RLIMIT_NOFILE", StringComparison.Ordinal))
        .Select(line => Numbers().Replace(Source().Replace(line, ""), "N").Trim()).FirstOrDefault("");

    [GeneratedRegex(@"^.*Error \([^)]*\): ")]
    private static partial Regex Source();

    [GeneratedRegex(@"0x[0-9a-f]+|(?<![A-Za-z])\d{2,}|(?<=mntns\.)\w+")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"(?<=/dev/(pts/\d+|console|tty\d+)) flags .*$")]
    private static partial Regex TerminalFlags();

    [GeneratedRegex(@"(?<=^/dev/console on /dev from \S+ )/\d+ ")]
    private static partial Regex HostTerminal();

    [GeneratedRegex(@"LXN\d{3}")]
    private static partial Regex Id();
}

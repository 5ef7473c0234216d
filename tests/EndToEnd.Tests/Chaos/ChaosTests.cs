using System.Diagnostics;
using System.Globalization;
using LxcNative.EndToEnd.Tests.Failures;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Chaos;

/// <summary>Whatever befalls a checkpoint or a restore, at whatever moment: the container runs on, whole, or is completely dumped and comes back.</summary>
/// <remarks>Seeded; <c>eng/chaos --minutes N</c> goes on for longer than a test may.</remarks>
public sealed class ChaosTests : IDisposable
{
    private const int NeedsAttention = 4, ShortRuns = 14;
    private static readonly Fault[] OfCheckpoints = Enum.GetValues<Fault>();

    // What a checkpoint is told to do, and the moments in which something may befall it, in ms.
    private static readonly (string Option, int Longest)[] Kinds = [("", 450), ("", 450), ("--leave-running", 250), ("--restore", 700), ("--restore", 700)];
    private static readonly Fault[] OfRestores = [.. Enum.GetValues<Fault>().Except([Fault.FullDisk])];
    private readonly TemporaryDirectory _place = new();
    private readonly int _seed = Number("LXCNATIVE_CHAOS_SEED") ?? Random.Shared.Next();
    private readonly Random _random;
    private readonly ChaosReport _report;
    private ChaosContainer? _container;
    private int _images;

    public ChaosTests() => (_random, _report) = (new Random(_seed), new ChaosReport(_seed));

    public void Dispose()
    {
        _container?.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void NoContainerIsLost()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var bridge = HostBridge.Create();
        var watch = Stopwatch.StartNew();
        var minutes = Number("LXCNATIVE_CHAOS_MINUTES");
        while (minutes is { } some ? watch.Elapsed < TimeSpan.FromMinutes(some) : _report.Runs < ShortRuns)
        {
            _container ??= new ChaosContainer(bridge);
            Round(OfCheckpoints[_random.Next(OfCheckpoints.Length)], Kinds[_random.Next(Kinds.Length)]);
            TestContext.Current.TestOutputHelper?.WriteLine($"{_report.Runs} runs, {_report.Violations.Count} violations");
        }

        if (Environment.GetEnvironmentVariable("LXCNATIVE_CHAOS_REPORT") is { Length: > 0 } page)
            File.WriteAllText(page, $"{_report}\n");
        Assert.True(_report.Violations.Count == 0, $"{_report}");
    }

    [Fact]
    public void RestoreWhoseCriuDiesEndsAndCanBeRepeated()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var bridge = HostBridge.Create();
        _container = new ChaosContainer(bridge);
        for (var moment = 20; moment <= 120; moment += 10)
        {
            var images = _place[$"{moment}"];
            Checkpoint(Fault.Nothing, images, Kinds[0]);
            Restore(Fault.KillCriu, TimeSpan.FromMilliseconds(moment), images);
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // A checkpoint, and where the container is gone after it, its restore.
    private void Round(Fault fault, (string Option, int Longest) kind)
    {
        var images = _place[$"{_images++}"];
        Judge($"checkpoint {kind.Option}".Trim(), fault, () => Checkpoint(fault, images, kind));
        if (_container is { IsRunning: false })
        {
            var later = OfRestores[_random.Next(OfRestores.Length)];
            Judge("restore", later, () => Restore(later, Moment(150), images));
        }

        if (Directory.Exists(images))
            Directory.Delete(images, recursive: true);
    }

    private void Judge(string what, Fault fault, Func<(bool WasHit, string Outcome)> run)
    {
        try
        {
            var (wasHit, outcome) = run();
            _report.Add(what, fault, wasHit, outcome);
            if (outcome != "told")
                return;
        }
        catch (Exception e) when (e is ViolationException or InvalidOperationException or TimeoutException or IOException)
        {
            _report.Add(what, fault, true, "");
            _report.Violation(what, fault, e is ViolationException ? e.Message : $"{e}");
            TestContext.Current.TestOutputHelper?.WriteLine(_report.Violations[^1]);
        }

        // The next run gets a container that is whole.
        _container!.Dispose();
        _container = null;
        LxcNativeCommand.Run("recover");
    }

    private (bool WasHit, string Outcome) Checkpoint(Fault fault, string images, (string Option, int Longest) kind)
    {
        var (comesBack, leaveRunning) = (kind.Option == "--restore", kind.Option == "--leave-running");
        using var full = fault == Fault.FullDisk ? new MountedTmpfs(images, $"size={_random.Next(8, 300)}k") : null;
        string[] arguments = ["checkpoint", "--pid", $"{_container!.InitPid}", "-D", images, .. kind.Option.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var result = FaultedCommand.Run(fault, Moment(kind.Longest), _random, arguments);
        // A monitor that was asked goes on without the command; one that is killed takes its container with it, and that takes a moment.
        if (comesBack)
            Wait.Until(_container.FindInit, result.ExitCode == 0 ? TimeSpan.FromSeconds(10) : TimeSpan.FromSeconds(2));
        if (comesBack && fault == Fault.KillMonitor && result.WasHit)
            Wait.Until(() => !_container.FindInit(), TimeSpan.FromSeconds(5));
        Recover();
        if (_container.IsRunning && result.ExitCode == NeedsAttention && fault == Fault.KillCriu)
            return (true, "told");
        if (_container.IsRunning)
        {
            _container.RequireGoingOn();
            _container.RequireNothingLeft();
            if (kind.Option.Length == 0 && result.ExitCode == 0)
                throw new ViolationException($"exit code 0, and {_container.Name} runs: {result.Text}");
            return (result.WasHit, "runs");
        }

        if (result.ExitCode == NeedsAttention && fault == Fault.KillCriu && result.Text.Contains("is gone", StringComparison.Ordinal))
            return (true, "told");
        if (leaveRunning || (comesBack && fault is (Fault.Nothing or Fault.ClosedOutput)))
            throw new ViolationException($"{_container.Name} is gone: {result.Text}");
        // It may have run again when its monitor was killed, and took its connections with it: then it comes back without them.
        if (comesBack && fault == Fault.KillMonitor && result.WasHit)
        {
            var again = LxcNativeCommand.Run("restore", "-D", images);
            return again.ExitCode == 0 && _container.FindInit() ? (true, "told")
                : throw new ViolationException($"{_container.Name} cannot be restored after it: {result.Text}{again}");
        }

        // Whether they are complete is for the restore to say.
        return (result.WasHit, "dumped");
    }

    private (bool WasHit, string Outcome) Restore(Fault fault, TimeSpan moment, string images)
    {
        var result = FaultedCommand.Run(fault, moment, _random, ["restore", "-D", images]);
        // A monitor that is killed takes its container with it, and that takes a moment.
        if (fault == Fault.KillMonitor && result.WasHit)
            Wait.Until(() => !_container!.FindInit());
        Recover();
        var runs = Wait.Until(_container!.FindInit, result.ExitCode == 0 ? TimeSpan.FromSeconds(10) : TimeSpan.FromSeconds(2));
        if (!runs && fault == Fault.Nothing)
            throw new ViolationException($"{_container.Name} cannot be restored: {result.Text}");
        if (!runs)
        {
            _container.RequireNothingLeft();
            var again = LxcNativeCommand.Run("restore", "-D", images);
            if (again.ExitCode != 0 || !_container.FindInit())
                throw new ViolationException($"{_container.Name} cannot be restored after it: {result.Text}{again}");
            // It may have run already when its monitor was killed: then its connections ended with it.
            if (fault == Fault.KillMonitor && result.WasHit)
                return (true, "told");
        }

        _container.RequireGoingOn();
        _container.RequireNothingLeft();
        return (result.WasHit, runs ? "runs" : "dumped");
    }

    private TimeSpan Moment(int most) => TimeSpan.FromMilliseconds(_random.Next(most));

    private static void Recover()
    {
        var recovered = LxcNativeCommand.Run("recover");
        if (recovered.ExitCode != 0)
            throw new ViolationException($"recover fails: {recovered}");
    }
}

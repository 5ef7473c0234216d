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
            Round(OfCheckpoints[_random.Next(OfCheckpoints.Length)], _random.Next(4) == 0);
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
            Checkpoint(Fault.Nothing, images, leaveRunning: false);
            Restore(Fault.KillCriu, TimeSpan.FromMilliseconds(moment), images);
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // A checkpoint, and where the container is gone after it, its restore.
    private void Round(Fault fault, bool leaveRunning)
    {
        var images = _place[$"{_images++}"];
        var what = leaveRunning ? "checkpoint --leave-running" : "checkpoint";
        Judge(what, fault, () => Checkpoint(fault, images, leaveRunning));
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

    private (bool WasHit, string Outcome) Checkpoint(Fault fault, string images, bool leaveRunning)
    {
        using var full = fault == Fault.FullDisk ? new MountedTmpfs(images, $"size={_random.Next(8, 300)}k") : null;
        string[] arguments = ["checkpoint", "--pid", $"{_container!.InitPid}", "-D", images, .. leaveRunning ? (string[])["--leave-running"] : []];
        var result = FaultedCommand.Run(fault, Moment(leaveRunning ? 250 : 450), _random, arguments);
        Recover();
        if (_container.IsRunning && result.ExitCode == NeedsAttention && fault == Fault.KillCriu)
            return (true, "told");
        if (_container.IsRunning)
        {
            _container.RequireGoingOn();
            _container.RequireNothingLeft();
            if (!leaveRunning && result.ExitCode == 0)
                throw new ViolationException($"exit code 0, and {_container.Name} runs: {result.Text}");
            return (result.WasHit, "runs");
        }

        if (result.ExitCode == NeedsAttention && fault == Fault.KillCriu && result.Text.Contains("is gone", StringComparison.Ordinal))
            return (true, "told");
        if (leaveRunning)
            throw new ViolationException($"{_container.Name} is gone: {result.Text}");
        // Whether they are complete is for the restore to say.
        return (result.WasHit, "dumped");
    }

    private (bool WasHit, string Outcome) Restore(Fault fault, TimeSpan moment, string images)
    {
        var result = FaultedCommand.Run(fault, moment, _random, ["restore", "-D", images]);
        // A monitor that is killed takes its container with it, and that takes a moment.
        if (fault == Fault.KillMonitor && result.WasHit)
            Wait.Until(() => !_container!.FindInit(), TimeSpan.FromSeconds(5));
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

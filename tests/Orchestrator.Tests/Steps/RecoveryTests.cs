using System.Diagnostics;
using System.Text.Json;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Tests.Steps;

/// <summary>Runs whose process died are taken back by whoever comes next.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly string _name = $"lxnc-rec-{Guid.NewGuid():N}";
    private readonly string _place;
    private readonly string _journal;

    public RecoveryTests()
    {
        _place = $"{RunDirectory.Restores}/{_name}";
        _journal = $"{RunDirectory.Journals}/{_name}";
        RunDirectory.Make(RunDirectory.Journals);
        RunDirectory.Make($"{_place}/root");
    }

    public void Dispose()
    {
        File.Delete(_journal);
        if (Directory.Exists(_place))
            Directory.Delete(_place, recursive: true);
    }

    [Fact]
    public void WhatADeadRunMadeIsTakenBackOnce()
    {
        Write(Dead(), new JournalEntry("the mount points", Lifetime.Restore, [new PlaceUndo(_place)]));

        var run = Assert.Single(Recovery.Run(), one => one.Container == _name);

        Assert.Empty(run.Left);
        Assert.False(Directory.Exists(_place));
        Assert.DoesNotContain(Recovery.Run(), one => one.Container == _name);
    }

    [Fact]
    public void ImagesThatADeadRunWasToThrowAwayGo()
    {
        var images = Directory.CreateDirectory($"{_place}/{ThrowAwayUndo.Prefix}x");
        File.WriteAllText(Path.Combine(images.FullName, "pages-1.img"), "x");
        Write(Dead(), new JournalEntry("images", Lifetime.Attempt, [new ThrowAwayUndo(images.FullName)]));

        var run = Assert.Single(Recovery.Run(), one => one.Container == _name);

        Assert.Equal(($"images in {images.FullName}", false), (Assert.Single(run.Removed), Directory.Exists(images.FullName)));
        Assert.Empty(run.Left);
    }

    [Fact]
    public void ADryRunOnlyTells()
    {
        Write(Dead(), new JournalEntry("the mount points", Lifetime.Restore, [new PlaceUndo(_place)]));

        Assert.NotEmpty(Assert.Single(Recovery.Run(dryRun: true), one => one.Container == _name).Removed);

        Assert.True(Directory.Exists(_place));
        Assert.True(File.Exists(_journal));
    }

    [Fact]
    public void AHealthyRunIsLeftAlone()
    {
        Write(new JournalHeader("restore", _name, Environment.ProcessId, ProcStat.Read(Environment.ProcessId).StartTimeTicks),
            new JournalEntry("the mount points", Lifetime.Restore, [new PlaceUndo(_place)]));

        Assert.DoesNotContain(Recovery.Run(), one => one.Container == _name);

        Assert.True(Directory.Exists(_place));
    }

    // The name of a host's end may be another container's once this one has run.
    [Fact]
    public void OnceTheContainerRanWhatItsRestoreAloneNeededIsNotTouched()
    {
        Write(Dead(), new JournalEntry("the mount points", Lifetime.Restore, [new PlaceUndo(_place)]), JournalEntry.Settled);

        Assert.Empty(Assert.Single(Recovery.Run(), one => one.Container == _name).Removed);

        Assert.True(Directory.Exists(_place));
    }

    [Fact]
    public void HalfALineIsPassedOver()
    {
        Write(Dead(), new JournalEntry("the mount points", Lifetime.Restore, [new PlaceUndo(_place)]));
        File.AppendAllText(_journal, """{"what":"cut o""");

        Assert.Single(Recovery.Run(), one => one.Container == _name);

        Assert.False(Directory.Exists(_place));
    }

    [Fact]
    public void AJournalIsWrittenBeforeTheStepIsTaken()
    {
        using var journal = Journal.Begin("restore", _name);
        var runner = new StepRunner(journal);

        runner.Take(new Step("x", () => Assert.Contains(Lines(), line => line.Contains(_place, StringComparison.Ordinal))) { Undo = [new PlaceUndo(_place)] });

        Assert.Empty(runner.TakeBack());
        Assert.Empty(Lines());
    }

    private static JournalHeader Dead(string name)
    {
        using var process = Process.Start("true");
        process.WaitForExit();
        return new JournalHeader("restore", name, process.Id, 1);
    }

    private JournalHeader Dead() => Dead(_name);

    private void Write(JournalHeader header, params JournalEntry[] entries) => File.WriteAllLines(_journal,
        [JsonSerializer.Serialize(header, JournalJson.Default.JournalHeader),
            .. entries.Select(entry => JsonSerializer.Serialize(entry, JournalJson.Default.JournalEntry))]);

    private List<string> Lines() =>
        [.. Directory.EnumerateFiles(RunDirectory.Journals).SelectMany(File.ReadLines).Where(line => line.Contains(_name, StringComparison.Ordinal))];
}

using CsCheck;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Orchestrator.Tests.Storage;

/// <summary>Which checkpoints go and which stay.</summary>
public sealed class RetentionTests
{
    private static readonly DateTimeOffset s_now = new(2030, 1, 31, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ANumberIsKeptOfEachContainer() => Assert.Equal(
        ["a3", "a4", "b3"], Removed(new Retention { Keep = 2 }, Made("a", 1, 2, 3, 4), Made("b", 1, 2, 3)));

    [Fact]
    public void WhatIsOlderGoes() => Assert.Equal(["a8", "a9"], Removed(new Retention { OlderThan = TimeSpan.FromDays(7) }, Made("a", 6, 7, 8, 9)));

    [Fact]
    public void BeyondTheNumberWhatIsOlderGoes() => Assert.Equal(["a9"],
        Removed(new Retention { Keep = 2, OlderThan = TimeSpan.FromDays(7) }, Made("a", 1, 2, 6, 9), Made("b", 8, 9)));

    [Fact]
    public void TheOnlyOneStaysHoweverOldItIs() =>
        Assert.Empty(Removed(new Retention { Keep = 0, OlderThan = TimeSpan.FromDays(1), MaxBytes = 0 }, Made("a", 300)));

    [Fact]
    public void UnlessThatIsAskedFor() => Assert.Equal(["a300"], Removed(new Retention { Keep = 0, EvenLast = true }, Made("a", 300)));

    [Fact]
    public void TheOldestGoUntilTheRestFits() => Assert.Equal(["a9", "b5"], Removed(new Retention { MaxBytes = 300 }, Made("a", 1, 9), Made("b", 2, 3, 5), [])
        .Order());

    [Fact]
    public void WhatTheNumberKeepsDoesNotGoForItsSize()
    {
        var choice = new Retention { Keep = 3, MaxBytes = 100 }.Choose(Made("a", 1, 2, 3), s_now);
        Assert.Empty(choice.Removed);
        Assert.Equal(300, choice.BytesKept);
    }

    [Fact]
    public void ADamagedOneStaysAndIsNoOneThatIsKept() => Assert.Equal(
        ["a3"], Removed(new Retention { Keep = 1 }, [.. Made("a", 2, 3), new StoredCheckpoint("/a1", "a") { Created = Before(1), HasManifest = true }]));

    [Fact]
    public void WhatWasNotCompletedGoesAfterAnHour() => Assert.Equal(
        ["a5"],
        Removed(new Retention { Keep = 9 }, [.. Made("a", 2), new StoredCheckpoint("/a0", "a") { Created = s_now.AddMinutes(-59) },
            new StoredCheckpoint("/a5", "a") { Created = Before(5) }]));

    [Fact]
    public void ContainersOfTheSameNameElsewhereAreOthers() => Assert.Empty(
        Removed(new Retention { Keep = 1 }, [.. Made("a", 1),
            new StoredCheckpoint("/srv", "a") { Created = Before(2), IsComplete = true, HasManifest = true, LxcPath = "/srv/lxc" }]));

    [Fact]
    public void WhateverIsSaidEachContainerKeepsItsNewest() =>
        Gen.Select(Gen.Int[0, 5].Nullable(), Gen.Int[0, 40].Nullable(), Gen.Long[0, 2000].Nullable(), Gen.Int[1, 60].Array[1, 12])
            .Sample((keep, days, bytes, ages) =>
        {
            var all = ages.Distinct().SelectMany(age => Made($"{(char)('a' + (age % 3))}", age)).ToList();
            var choice = new Retention { Keep = keep, OlderThan = days is { } some ? TimeSpan.FromDays(some) : null, MaxBytes = bytes }.Choose(all, s_now);
            Assert.Equal(all.Count, choice.Removed.Count + choice.Kept.Count);
            Assert.Equal(choice.Kept.Sum(one => one.Bytes), choice.BytesKept);
            foreach (var container in all.GroupBy(one => one.Container))
                Assert.Superset(container.OrderByDescending(one => one.Created).Take(Math.Max(1, keep ?? 0)).ToHashSet(), choice.Kept.ToHashSet());
        });

    private static IEnumerable<string> Removed(Retention retention, params StoredCheckpoint[][] all) =>
        retention.Choose(all.SelectMany(one => one), s_now).Removed.Select(one => Path.GetFileName(one.Directory)).Order(StringComparer.Ordinal);

    private static StoredCheckpoint[] Made(string container, params int[] days) =>
        [.. days.Select(day => new StoredCheckpoint($"/{container}{day}", container) { Created = Before(day), Bytes = 100, HasManifest = true,
            IsComplete = true, LxcPath = "/var/lib/lxc" })];

    private static DateTimeOffset Before(int days) => s_now.AddDays(-days);
}

using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Accuracy;

/// <summary>Every state is made in an LXC container, which is checkpointed and restored by the command: a checkpoint is judged by its restore.</summary>
public sealed class RestoreAccuracyTests(RestoreTable table) : IClassFixture<RestoreTable>
{
    private static readonly Dictionary<string, RestoredState> States = RestoredStates.All.ToDictionary(one => one.ToString());

    /// <summary>The part of the states that this run tries, for the time that it takes: a third of them, another one each day and where "/" is shared; or what
    /// LXCNATIVE_ACCURACY says:
    /// <c>all</c>, or the names of some.</summary>
    public static TheoryData<string> Tried => Environment.GetEnvironmentVariable("LXCNATIVE_ACCURACY") is not { Length: > 0 } wanted
        ? [.. States.Keys.Where((_, index) => index % 3 == Third)]
        : [.. States.Values.Where(one => wanted == "all" || wanted.Split(' ').Contains(one.State)).Select(one => one.ToString())];

    private static int Third => (DateTime.UtcNow.DayOfYear + (IsRootShared ? 1 : 0)) % 3;

    private static bool IsRootShared =>
        File.ReadLines("/proc/self/mountinfo")
            .Any(line => line.Split(' ') is [_, _, _, "/", "/", _, var sharing, ..] && sharing.StartsWith("shared:", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Tried))]
    public void StateComesBackOrIsRefused(string key)
    {
        Requirement.Lxc();
        Requirement.Python();
        Requirement.LxcNative();
        var wanted = States[key];
        if (wanted.Verdict == RestoredState.NotMade)
        {
            table.Add(key, wanted.Verdict, wanted.Why!);
            return;
        }

        using var made = StateInLxc.Start(wanted.State);
        if (made.Impossible is { } reason)
        {
            table.Add(key, RestoredState.NotMade, reason);
            return;
        }

        var verdict = RestoreVerdict.Of(made, wanted);
        table.Add(key, verdict.Verdict, verdict.Detail);
        // What is known to be lost may be found out before the original is let go.
        Assert.True(verdict.Verdict == wanted.Verdict || (verdict.Verdict, wanted.Verdict) is (RestoredState.RunsOn, RestoredState.Lost)
            || (wanted.Varies && verdict.Verdict == RestoredState.ComesBack), $"{verdict.Verdict} instead of {wanted.Verdict}\n{verdict.Evidence}");
        if (wanted.Finding is { } finding)
            Assert.Contains(finding, verdict.Detail, StringComparison.Ordinal);
    }
}

using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Parts.Memory;

namespace LxcNative.Orchestrator.Tests.Parts.Memory;

/// <summary>How often memory is copied.</summary>
public class CopyRoundsTests
{
    [Theory]
    [InlineData(10, new long[] { 1000, 500, 100, 50, 10, 5 }, 6)]
    [InlineData(3, new long[] { 1000, 500, 100, 50 }, 3)]
    [InlineData(1, new long[] { 1000, 500 }, 1)]
    // Written to as fast as it is copied.
    [InlineData(10, new long[] { 1000, 500, 490, 10 }, 3)]
    [InlineData(10, new long[] { 1000, 1100, 10 }, 2)]
    public void AsLongAsItBecomesLess(int most, long[] bytes, int expected)
    {
        var at = 0;
        var rounds = new CopyRounds(new PreCopy { MaxPause = TimeSpan.FromTicks(-1) });
        rounds.Run(() => at < bytes.Length ? bytes[at++] : 0, Math.Min(most, bytes.Length));
        Assert.Equal(bytes[..expected], rounds.All.Select(round => round.Bytes));
        // Of one round alone nobody knows.
        Assert.Equal(expected > 1, rounds.IsLate);
    }

    [Fact]
    public void AsLongAsThereIsRoom()
    {
        var rounds = new CopyRounds(new PreCopy { MaxPause = TimeSpan.FromTicks(-1) });
        var bytes = 2000L;
        rounds.Run(() => bytes /= 2, 10, 1800);
        Assert.Equal([1000, 500], rounds.All.Select(round => round.Bytes));
    }

    [Fact]
    public void UntilOneIsAsShortAsThePauseMayBe()
    {
        var rounds = new CopyRounds(new PreCopy { MaxPause = TimeSpan.FromHours(1) });
        rounds.Run(() => 1000, 10);
        Assert.Equal(1000, Assert.Single(rounds.All).Bytes);
        Assert.False(rounds.IsLate);
    }
}

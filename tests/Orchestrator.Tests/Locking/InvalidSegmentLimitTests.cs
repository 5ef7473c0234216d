using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Locking;

namespace LxcNative.Orchestrator.Tests.Locking;

/// <summary>net.ipv4.tcp_invalid_ratelimit of a network namespace of the test's own.</summary>
public sealed class InvalidSegmentLimitTests : IDisposable
{
    private readonly FileDescriptor _here = NamespacePair.New();

    public void Dispose() => _here.Dispose();

    [Fact]
    public void ItIsLiftedInItsNamespaceAloneAndGivenBack()
    {
        using var other = NamespacePair.New();
        Set("400");
        using (var limit = InvalidSegmentLimit.Find(_here))
        {
            Assert.Equal("400", limit?.Value);
            Assert.Equal("400", Get(_here));
            limit!.Lift();
            Assert.Equal("0", Get(_here));
            Assert.NotEqual("0", Get(other));
            limit.GiveBack();
            Assert.Equal("400", Get(_here));
        }

        Assert.Equal("400", Get(_here));
    }

    [Fact]
    public void ItIsGivenBackWhateverHappens()
    {
        Set("400");
        using (var limit = InvalidSegmentLimit.Find(_here))
            limit!.Lift();
        Assert.Equal("400", Get(_here));
    }

    [Fact]
    public void WhereThereIsNoneNothingIsDone()
    {
        Set("0");
        Assert.Null(InvalidSegmentLimit.Find(_here));
    }

    [Fact]
    public void WhoeverFindsItLiftedByOneThatIsDeadGivesItBack()
    {
        Set("0");
        InvalidSegmentLimit.Recover(_here, "400");
        Assert.Equal("400", Get(_here));
        // Set by somebody since, or never lifted.
        InvalidSegmentLimit.Recover(_here, "500");
        Assert.Equal("400", Get(_here));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5 5")]
    [InlineData("-1")]
    [InlineData("12345678901")]
    public void AJournalThatSaysSomethingElseIsNotBelieved(string value)
    {
        Set("0");
        Assert.Throws<InvalidDataException>(() => InvalidSegmentLimit.Recover(_here, value));
        Assert.Equal("0", Get(_here));
    }

    private static string Get(FileDescriptor netns) => NamespacePair.Run(netns, "cat", "/proc/sys/net/ipv4/tcp_invalid_ratelimit").Trim();

    private void Set(string value) => NamespacePair.Run(_here, "sysctl", $"-qw net.ipv4.tcp_invalid_ratelimit={value}");
}

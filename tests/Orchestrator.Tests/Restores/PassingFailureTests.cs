using LxcNative.Orchestrator.Restores;

namespace LxcNative.Orchestrator.Tests.Restores;

/// <summary>Which failures of criu's are tried again.</summary>
public class PassingFailureTests
{
    // criu 4.2.1 on Debian 12, of an unprivileged container's second generation.
    private const string Early = "     1: Error (criu/image.c:533): Unable to open timens-13.img: Permission denied";

    [Fact]
    public void TheImageThatWasOpenedTooEarlyIs() => Assert.True(PassingFailure.Is(["Error (criu/cr-restore.c:1480): something", Early]));

    [Theory]
    [InlineData("     1: Error (criu/image.c:533): Unable to open timens-13.img: No such file or directory")]
    [InlineData("     1: Error (criu/image.c:533): Unable to open core-1.img: Permission denied")]
    [InlineData("")]
    public void OthersAreNot(string line) => Assert.False(PassingFailure.Is([line]));

    [Fact]
    public void NothingIsNot() => Assert.False(PassingFailure.Is([]));
}

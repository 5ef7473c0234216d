using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Comparisons;

namespace LxcNative.Cli.Tests.Output;

/// <summary>What diff writes.</summary>
public sealed class ComparisonTests
{
    [Fact]
    public void DifferencesStandUnderTheirAreas() => Assert.Equal(
        [
            "mounts", "  /a\\x0ab", "    + tmpfs", "rights", "  1 seccomp", "    - 2", "    + 0", "  7 ids", "    - 0,0", "3 of 9 things differ",
        ],
        ComparisonOutput.Lines(new ComparisonReport("/dump", "web", 9,
            [
                new Difference("mounts", "/a\nb", null, "tmpfs"),
                new Difference("rights", "1 seccomp", "2", "0"), new Difference("rights", "7 ids", "0,0", null),
            ],
            [])));

    [Fact]
    public void NoneIsSaid() => Assert.Equal(["no difference in 9 things"], ComparisonOutput.Lines(new ComparisonReport("/dump", "web", 9, [], [])));
}

using LxcNative.Native.Criu.Images;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Comparisons;

namespace LxcNative.Orchestrator.Tests.Comparisons;

/// <summary>What images name is foreign, and what a container has is compared as it is inside.</summary>
public sealed class FactsTests
{
    [Theory]
    [InlineData("", "memory.max", true)]
    [InlineData("a.slice/b c", "cgroup.max.depth", true)]
    [InlineData("", "/etc/shadow", false)]
    [InlineData("", "//etc/shadow", false)]
    [InlineData("", "../../../etc/shadow", false)]
    [InlineData("..", "shadow", false)]
    [InlineData("a/../../b", "shadow", false)]
    [InlineData("/etc", "shadow", false)]
    [InlineData("a\0b", "shadow", false)]
    [InlineData("a", "..", false)]
    [InlineData("a", "", false)]
    [InlineData("", "memory.max #2", false)]
    public void OnlyFilesBelowTheCgroupAreRead(string path, string file, bool isPlain)
    {
        var item = LimitItem.Parse(LimitItem.Of(new CgroupProperty("", path, file, "1")));

        Assert.Equal((isPlain, "unified"), (item.IsPlain, item.Hierarchy));
        Assert.False(Path.IsPathRooted(item.Path) && item.IsPlain);
    }

    [Theory]
    [InlineData(100_000u, 0u)]
    [InlineData(165_535u, 65_535u)]
    [InlineData(0u, 65_534u)]
    public void IdsAreThoseInside(uint outside, uint inside) => Assert.Equal(inside, RightsFacts.Inside([new IdRange(0, 100_000, 65_536)], outside));

    [Fact]
    public void AllOfAnotherIsAdded()
    {
        var (facts, other) = (new Facts(), new Facts());
        facts.Add(Area.Rights, "1 ids", "0");
        other.Add(Area.Rights, "1 ids", "1");
        other.Add(Area.Rights, "2 ids", "2");

        facts.Add(other);

        Assert.Equal(["0", "1", "2"], facts.Keys.Select(facts.Value));
    }
}

using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Tests.Procfs;

public class IdMapTests
{
    // cat /proc/self/uid_map in a container with "lxc.idmap = u 0 100000 1000", "u 1000 1000 1" and "u 1001 101001 64535".
    private const string Text = "         0     100000       1000\n      1000       1000          1\n      1001     101001      64535\n";

    [Fact]
    public void RangesAreRead() =>
        Assert.Equal([new IdRange(0, 100_000, 1000), new IdRange(1000, 1000, 1), new IdRange(1001, 101_001, 64_535)], IdMap.Parse(Text));

    [Theory]
    [InlineData(0u, 100_000u)]
    [InlineData(999u, 100_999u)]
    [InlineData(1000u, 1000u)]
    [InlineData(65_535u, 165_535u)]
    [InlineData(65_536u, null)]
    [InlineData(uint.MaxValue, null)]
    public void IdsInsideAreKnownOutside(uint inside, uint? outside) => Assert.Equal(outside, IdMap.Outside(IdMap.Parse(Text), inside));

    [Theory]
    [InlineData(100_000u, 0u)]
    [InlineData(100_999u, 999u)]
    [InlineData(1000u, 1000u)]
    [InlineData(165_535u, 65_535u)]
    [InlineData(0u, null)]
    [InlineData(165_536u, null)]
    public void IdsOutsideAreKnownInside(uint outside, uint? inside) => Assert.Equal(inside, IdMap.Inside(IdMap.Parse(Text), outside));

    [Fact]
    public void WholeRangeOfTheHostIsRead() =>
        Assert.Equal(4_294_967_294u, IdMap.Outside(IdMap.Parse("         0          0 4294967295\n"), 4_294_967_294));

    [Fact]
    public void WhatIsWrittenIsRead() => Assert.Equal(IdMap.Parse(Text), IdMap.Parse(IdMap.Format(IdMap.Parse(Text))));

    [Theory]
    [InlineData("0 100000")]
    [InlineData("0 100000 0")]
    [InlineData("0 100000 -1")]
    [InlineData("0 100000 1 1")]
    [InlineData("0 100000 4294967296")]
    [InlineData("root 0 1")]
    public void AnythingElseIsRefused(string text) => Assert.Throws<MalformedProcFileException>(() => IdMap.Parse(text));

    [Fact]
    public void MoreThanTheKernelTakesIsRefused() =>
        Assert.Throws<MalformedProcFileException>(() => IdMap.Parse(string.Concat(Enumerable.Range(0, 341).Select(i => $"{i} {i} 1\n"))));

    [Fact]
    public void WhatTheKernelTellsIsValid() => Assert.True(IdMap.IsValid(IdMap.Parse(Text)));

    [Theory]
    [InlineData("1 100000 1000")]
    [InlineData("0 100000 1000\n500 200000 10")]
    [InlineData("0 100000 1000\n1000 100500 10")]
    [InlineData("0 4294967290 1000")]
    public void WhatNoKernelTellsIsNot(string text) => Assert.False(IdMap.IsValid(IdMap.Parse(text)));
}

using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Tests.Procfs;

public class MemoryInfoTests
{
    [Fact]
    public void LinesOfAnyNumberAreRead() =>
        Assert.Equal(
            new MemoryInfo(24_668_984UL * 1024, 23_456_789UL * 1024),
            MemoryInfo.Parse("MemTotal:       24668984 kB\nMemFree:        20000000 kB\nMemAvailable:   23456789 kB\nHugePages_Total:       0\n"));

    [Theory]
    [InlineData("")]
    [InlineData("MemTotal: 5 kB\n")]
    [InlineData("MemTotal: 5 kB\nMemAvailable: 5 MB\n")]
    [InlineData("MemTotal: 5 kB\nMemAvailable: -1 kB\n")]
    public void TextOfAnotherKindIsMalformed(string text) =>
        Assert.Throws<MalformedProcFileException>(() => MemoryInfo.Parse(text));

    [Fact]
    public void ThisMachineHasSome()
    {
        var memory = MemoryInfo.Read();
        Assert.InRange(memory.Available, 1UL, memory.Total);
    }
}

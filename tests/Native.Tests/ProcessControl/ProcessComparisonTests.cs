using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;

namespace LxcNative.Native.Tests.ProcessControl;

public class ProcessComparisonTests
{
    private static readonly int Self = Environment.ProcessId;

    [Fact]
    public void ProcessSharesEverythingWithItself()
    {
        Assert.Equal(0, ProcessComparison.Memory(Self, Self));
        Assert.Equal(0, ProcessComparison.FileSystem(Self, Self));
    }

    [Fact]
    public void SameFileOpenedTwiceIsTwoOpenFiles()
    {
        using FileDescriptor one = FileOpen.Open("/dev/null", OpenFlags.ReadOnly), other = FileOpen.Open("/dev/null", OpenFlags.ReadOnly);
        Assert.Equal(0, ProcessComparison.File(Self, one.Number, Self, one.Number));
        Assert.InRange(ProcessComparison.File(Self, one.Number, Self, other.Number), 1, 2);
    }

    [Fact]
    public void ProcessThatIsGoneIsNoAnswer() => Assert.Equal(-1, ProcessComparison.Memory(Self, 0x3fffffff));
}

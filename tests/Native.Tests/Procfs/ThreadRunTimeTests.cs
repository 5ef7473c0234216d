using System.Diagnostics;
using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Tests.Procfs;

public class ThreadRunTimeTests
{
    [Fact]
    public void FirstNumberIsTaken() => Assert.Equal(5189421ul, ThreadRunTime.Parse("5189421 30842 17\n"));

    [Theory]
    [InlineData("")]
    [InlineData("1 2")]
    [InlineData("1 2 3 4")]
    [InlineData("x 2 3")]
    public void OtherTextIsRefused(string text) => Assert.Throws<MalformedProcFileException>(() => ThreadRunTime.Parse(text));

    [Fact]
    public void ItGrowsWithWork()
    {
        ulong? before = null, after = null;
        var thread = new Thread(() =>
        {
            var self = int.Parse(Path.GetFileName(File.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false)!.FullName));
            before = ThreadRunTime.Read(Environment.ProcessId, self);
            for (var watch = Stopwatch.StartNew(); after is null || (after == before && watch.Elapsed < TimeSpan.FromSeconds(30));)
                after = ThreadRunTime.Read(Environment.ProcessId, self);
        });
        thread.Start();
        thread.Join();
        Assert.True(after > before, $"{before} {after}");
    }

    [Fact]
    public void ThreadThatIsGoneIsSaid() =>
        Assert.Equal(Errno.ENOENT, Assert.Throws<SyscallException>(() => ThreadRunTime.Read(Environment.ProcessId, int.MaxValue)).Errno);
}

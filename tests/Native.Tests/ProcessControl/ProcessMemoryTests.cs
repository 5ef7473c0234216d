using LxcNative.Native.Processes;

namespace LxcNative.Native.Tests.ProcessControl;

public class ProcessMemoryTests
{
    [Fact]
    public void PagesOfFilesAreGivenBackAndTheProcessRunsOn()
    {
        var before = FilePages();
        ProcessMemory.ReleaseFilePages();
        var after = FilePages();
        Assert.True(after < before, $"{before} -> {after} kB");
        // All of it is there when it is needed.
        GC.Collect();
        Assert.Equal("3 and 4", string.Join(" and ", Enumerable.Range(3, 2)));
        Assert.NotEmpty(System.Text.RegularExpressions.Regex.Matches("one two", "[a-z]+"));
    }

    private static int FilePages() =>
        int.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssFile:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
}

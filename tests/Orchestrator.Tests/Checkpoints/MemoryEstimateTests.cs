using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Orchestrator.Tests.Checkpoints;

public class MemoryEstimateTests
{
    [Theory]
    [InlineData("Name:\tx\nRssAnon:\t     100 kB\nRssFile:\t 7 kB\nRssShmem:\t      28 kB\n", 128 * 1024)]
    [InlineData("Name:\tkthread\n", 0)]
    [InlineData("RssAnon:\tnonsense\n", 0)]
    public void AnonymousAndSharedMemoryCounts(string status, long bytes) => Assert.Equal(bytes, MemoryEstimate.Parse(status));
}

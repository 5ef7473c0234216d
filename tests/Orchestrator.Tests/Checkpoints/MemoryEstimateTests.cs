using System.Text;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;
using LxcNative.Orchestrator.Tests.Preflight;

namespace LxcNative.Orchestrator.Tests.Checkpoints;

public class MemoryEstimateTests
{
    private const long Overhead = 1 << 20;

    [Theory]
    [InlineData("Name:\tx\nRssAnon:\t     100 kB\nRssFile:\t 7 kB\nRssShmem:\t      28 kB\n", 128 * 1024)]
    [InlineData("Name:\tkthread\n", 0)]
    [InlineData("RssAnon:\tnonsense\n", 0)]
    public void AnonymousAndSharedMemoryCounts(string status, long bytes) => Assert.Equal(
        bytes + Overhead, MemoryEstimate.Bytes(SampleSnapshot.Make(SampleSnapshot.Process(status: _ => StatusFields.Parse(Encoding.UTF8.GetBytes(status))))));
}

using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using LxcNative.Bench.Live;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Bench;

/// <summary>Freeze-to-dump latency: real containers, real criu, left running.</summary>
/// <remarks>What BenchmarkDotNet measures is the whole call; the further columns are medians of what it tells of itself.</remarks>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 2, iterationCount: 20)]
[Config(typeof(Columns))]
public class PauseBenchmarks
{
    private readonly List<CheckpointResult> _results = [];
    private BenchContainer _container = null!;

    public static IEnumerable<ContainerShape> Shapes => [new(1), new(4), new(20), new(100), new(4, 100), new(4, 1000)];

    [ParamsSource(nameof(Shapes))]
    public ContainerShape Shape { get; set; } = null!;

    [GlobalSetup]
    public void Prepare() => _container = new BenchContainer(Shape);

    [GlobalCleanup]
    public void Clean()
    {
        _container.Dispose();
        PauseColumn.Record(Shape, _results);
    }

    [Benchmark]
    public CheckpointResult LeaveRunning()
    {
        var images = _container.NewImages();
        var result = new Checkpointer().Checkpoint(_container.InitPid, new CheckpointOptions { ImagesDirectory = images, LeaveRunning = true });
        _results.Add(result);
        Directory.Delete(images, recursive: true);
        return result;
    }

    private sealed class Columns : ManualConfig
    {
        public Columns() => AddColumn([.. PauseColumn.All]);
    }
}

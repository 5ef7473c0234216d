using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Bench;

/// <summary>From the request to freeze until the container runs again: a real container, real criu, left running.</summary>
/// <remarks>What is measured is the whole call; the pause inside of it, which is what a client feels, is printed at the end of each run.</remarks>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 2, iterationCount: 20)]
public class PauseBenchmarks
{
    private readonly List<long> _pauses = [];
    private string _place = null!;

    [Params(CaptureMode.Native, CaptureMode.Criu)]
    public CaptureMode Network { get; set; }

    [GlobalSetup]
    public void Prepare() => _place = Directory.CreateTempSubdirectory("lxcnative-bench-").FullName;

    [GlobalCleanup]
    public void Clean()
    {
        Directory.Delete(_place, recursive: true);
        _pauses.Sort();
        Console.WriteLine($"// pause, {Network}: median {_pauses[_pauses.Count / 2]} us, least {_pauses[0]} us, most {_pauses[^1]} us of {_pauses.Count}");
    }

    [Benchmark]
    public CheckpointResult LeaveRunning()
    {
        var images = Path.Combine(_place, Guid.NewGuid().ToString("N"));
        var result = new Checkpointer().Checkpoint(BenchContainer.Pid, new CheckpointOptions { ImagesDirectory = images, LeaveRunning = true, Network = Network });
        _pauses.Add(result.Timings.Pause);
        Directory.Delete(images, recursive: true);
        return result;
    }
}

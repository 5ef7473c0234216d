using System.Globalization;
using BenchmarkDotNet.Attributes;
using LxcNative.Bench.Live;
using LxcNative.Native.Mounts;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Bench.Pieces;

/// <summary>Finding out about a running container, against the tools that tell a part of it.</summary>
[Piece]
public class DiscoveryBenchmarks
{
    private BenchContainer _container = null!;
    private int _pid;

    [Params(4, 100)]
    public int Processes { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _container = new BenchContainer(new ContainerShape(Processes) { Binds = Processes });
        _pid = _container.InitPid;
    }

    [GlobalCleanup]
    public void Clean() => _container.Dispose();

    [Benchmark]
    public Container Everything() => Container.FromPid(_pid);

    [Benchmark]
    public IReadOnlyList<MountEntry> Mounts() => MountInfo.Read(_pid);

    [Benchmark]
    public void MountsByFindmnt() => Tool.Run("findmnt", string.Create(CultureInfo.InvariantCulture, $"-N {_pid} -r"));

    [Benchmark]
    public ProcessNode Tree() => ProcessTree.Read(_pid);

    [Benchmark]
    public void TreeByPs() => Tool.Run("ps", "-e -o pid,ppid,pgid,sid,stat,comm");

    [Benchmark]
    public void TreeByPstree() => Tool.Run("pstree", string.Create(CultureInfo.InvariantCulture, $"-p {_pid}"));
}

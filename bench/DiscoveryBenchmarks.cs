using System.Globalization;
using BenchmarkDotNet.Attributes;
using LxcNative.Native.Mounts;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Bench;

/// <summary>Finding out about a running container, against the tools that tell a part of it.</summary>
[MemoryDiagnoser]
public class DiscoveryBenchmarks
{
    private readonly int _pid = BenchContainer.Pid;

    [Benchmark]
    public Container Everything() => Container.FromPid(_pid);

    [Benchmark]
    public IReadOnlyList<MountEntry> Mounts() => MountInfo.Read(_pid);

    [Benchmark]
    public void MountsByFindmnt() => Tool.Run("findmnt", string.Create(CultureInfo.InvariantCulture, $"-N {_pid} -r"));

    [Benchmark]
    public ProcessNode Processes() => ProcessTree.Read(_pid);

    [Benchmark]
    public void ProcessesByPstree() => Tool.Run("pstree", string.Create(CultureInfo.InvariantCulture, $"-p {_pid}"));
}

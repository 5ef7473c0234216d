using BenchmarkDotNet.Attributes;
using LxcNative.Bench.Live;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;

namespace LxcNative.Bench.Pieces;

/// <summary>A cgroup hierarchy mounted and unmounted: mount(2) against the program.</summary>
[Piece]
public class CgroupMountBenchmarks
{
    private const string Options = "none,name=lxcnative-bench";
    private readonly string _point = Directory.CreateTempSubdirectory("lxn-bench-").FullName;
    private FileDescriptor _mounts = null!;

    [GlobalSetup]
    public void Prepare()
    {
        _mounts = NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, () =>
        {
            Mount.SetPropagation("/", Propagation.Private, recursive: true);
            return Namespace.OpenSelf(NamespaceKind.Mount);
        });
        // A hierarchy that is mounted somewhere is not made anew each time.
        NamespaceThread.Run(() => Mount.MountFileSystem("cgroup", "none", Directory.CreateDirectory($"{_point}/kept").FullName, MountFlags.None, Options),
            _mounts);
    }

    [GlobalCleanup]
    public void Clean()
    {
        _mounts.Dispose();
        Directory.Delete(_point, recursive: true);
    }

    [Benchmark(Baseline = true)]
    public void Native() => NamespaceThread.Run(() =>
    {
        Mount.MountFileSystem("cgroup", "none", _point, MountFlags.NoSuid | MountFlags.NoDev | MountFlags.NoExec, Options);
        Mount.Unmount(_point);
    }, _mounts);

    [Benchmark]
    public void ByMount() => NamespaceThread.Run(() =>
    {
        Tool.Run("mount", $"-n -t cgroup -o nosuid,nodev,noexec,{Options} none {_point}");
        Tool.Run("umount", $"-n {_point}");
    }, _mounts);
}

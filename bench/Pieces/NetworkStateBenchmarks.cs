using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using LxcNative.Bench.Live;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Parts.Network.Rebuilding;

namespace LxcNative.Bench.Pieces;

/// <summary>A network namespace captured and rebuilt: netlink against what criu runs for it, or an administrator would (ip save and restore, nft).
/// The native way has its settings too, some hundred files, which the tools leave out.</summary>
[Piece]
public class NetworkStateBenchmarks
{
    private readonly string _directory = Directory.CreateTempSubdirectory("lxn-bench-").FullName;
    private FileDescriptor _network = null!;
    private NetworkCapture _capture = null!;
    private byte[] _image = [];

    /// <summary>So many addresses, routes and rules of nf_tables each.</summary>
    [Params(1, 100)]
    public int Entries { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _network = NamespaceThread.RunInNewNamespaces(NamespaceKind.Net, () =>
        {
            Tool.Run("ip", "-batch -", Commands());
            Tool.Run("nft", "-f -", Ruleset());
            return Namespace.OpenSelf(NamespaceKind.Net);
        });
        _capture = NetworkCapture.Prepare(_network);
        _image = NetworkImageFile.Write(_capture.Capture().Complete());
        CaptureByTools();
    }

    [GlobalCleanup]
    public void Clean()
    {
        _capture.Dispose();
        _network.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>What the container waits for.</summary>
    [Benchmark]
    public object Capture() => _capture.Capture();

    [Benchmark]
    public void CaptureAndWrite() => File.WriteAllBytes($"{_directory}/image", NetworkImageFile.Write(_capture.Capture().Complete()));

    [Benchmark]
    public void CaptureByTools() =>
        NamespaceThread.Run(() => Shell("ip address save >address; ip route save >route; ip -6 route save >route6; ip rule save >rule; nft list ruleset >nft"),
            _network);

    [Benchmark]
    public void Rebuild()
    {
        using var rebuild = NetworkRebuild.In(NetworkRebuild.MakeNamespace(), NetworkImageFile.Read(_image));
        rebuild.MakeLinks(new Dictionary<string, HostNic>());
        rebuild.Configure();
    }

    [Benchmark]
    public void RebuildByTools() => NamespaceThread.RunInNewNamespaces(NamespaceKind.Net, () =>
        Shell("ip link add br0 type bridge; ip link set lo up; ip link set br0 up; ip address restore <address; ip route restore <route; ip -6 route restore "
            + "<route6; ip rule flush; ip rule restore <rule; nft -f nft"));

    // What is there already is refused, as the kernel has made it.
    private void Shell(string script) => Tool.Run("sh", "-", $"cd {_directory}; {{ {script}; }} 2>errors; true");

    private string Commands()
    {
        var text = new StringBuilder("link add br0 type bridge\nlink set lo up\nlink set br0 up\n");
        for (var i = 0; i < Entries; i++)
            text.Append(CultureInfo.InvariantCulture, $"address add 10.1.{i}.1/24 dev br0\nroute add 10.2.{i}.0/24 via 10.1.{i}.2 dev br0\n");
        return text.ToString();
    }

    private string Ruleset()
    {
        var text = new StringBuilder("table inet t {\nchain c {\ntype filter hook input priority 0\n");
        for (var i = 0; i < Entries; i++)
            text.Append(CultureInfo.InvariantCulture, $"ip saddr 10.3.{i}.1 counter accept\n");
        return text.Append("}\n}\n").ToString();
    }
}

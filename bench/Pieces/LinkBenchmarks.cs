using BenchmarkDotNet.Attributes;
using LxcNative.Bench.Live;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Links;

namespace LxcNative.Bench.Pieces;

/// <summary>A bridge, or a veth pair with one end on it, made and removed: rtnetlink against ip and brctl.</summary>
[Piece]
public class LinkBenchmarks
{
    private FileDescriptor _network = null!;
    private RouteSocket _route = null!;

    [GlobalSetup]
    public void Prepare()
    {
        _network = NamespaceThread.RunInNewNamespaces(NamespaceKind.Net, () => Namespace.OpenSelf(NamespaceKind.Net));
        _route = RouteSocket.OpenIn(_network);
        _route.Links.AddBridge(new LinkSpec { Name = "br0" });
    }

    [GlobalCleanup]
    public void Clean()
    {
        _route.Dispose();
        _network.Dispose();
    }

    [Benchmark]
    public void Bridge()
    {
        _route.Links.AddBridge(new LinkSpec { Name = "br1" });
        _route.Links.Delete("br1");
    }

    [Benchmark]
    public void BridgeByIp() => Inside(("ip", "link add br1 type bridge"), ("ip", "link del br1"));

    [Benchmark]
    public void BridgeByBrctl() => Inside(("brctl", "addbr br1"), ("brctl", "delbr br1"));

    [Benchmark]
    public void Veth()
    {
        var bridge = _route.Links.Get("br0").Index;
        _route.Links.AddVeth(new VethPair(new LinkSpec { Name = "v0", MasterIndex = bridge, Flags = LinkFlags.Up }, new LinkSpec { Name = "v1" }));
        _route.Links.Delete("v0");
    }

    [Benchmark]
    public void VethByIp() => Inside(("ip", "link add v0 up master br0 type veth peer name v1"), ("ip", "link del v0"));

    [Benchmark]
    public void VethByIpAndBrctl() => Inside(("ip", "link add v0 up type veth peer name v1"), ("brctl", "addif br0 v0"), ("ip", "link del v0"));

    private void Inside(params (string File, string Arguments)[] commands) => NamespaceThread.Run(() =>
    {
        foreach (var (file, arguments) in commands)
            Tool.Run(file, arguments);
    }, _network);
}

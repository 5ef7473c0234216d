using BenchmarkDotNet.Attributes;
using LxcNative.Bench.Live;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Locking;

namespace LxcNative.Bench.Pieces;

/// <summary>Locking and unlocking a container's network: one nf_tables batch each, against what nft and criu's own iptables way take.</summary>
[Piece]
public class LockBenchmarks
{
    private const string NftLock =
        "table inet bench-lock { chain i { type filter hook input priority -400; policy drop; }\nchain o { type filter hook output priority -400; policy "
        + "drop; }\n}\n";
    private const string IptablesLock =
        "*filter\n:CRIU - [0:0]\n-I INPUT -j CRIU\n-I OUTPUT -j CRIU\n-A CRIU -m mark --mark 0xC114 -j ACCEPT\n-A CRIU -j DROP\nCOMMIT\n";
    private const string IptablesUnlock = "*filter\n-D INPUT -j CRIU\n-D OUTPUT -j CRIU\n-F CRIU\n-X CRIU\nCOMMIT\n";
    private FileDescriptor _network = null!;
    private NetworkLock _lock = null!;

    [GlobalSetup]
    public void Prepare()
    {
        // A namespace of its own: the container's clients need not suffer.
        _network = NamespaceThread.RunInNewNamespaces(NamespaceKind.Net, () => Namespace.OpenSelf(NamespaceKind.Net));
        _lock = NetworkLock.Prepare(_network);
    }

    [GlobalCleanup]
    public void Clean()
    {
        _lock.Dispose();
        _network.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Native()
    {
        _lock.Engage();
        _lock.Release();
    }

    [Benchmark]
    public void Nft() => NamespaceThread.Run(() =>
    {
        Tool.Run("nft", "-f -", NftLock);
        Tool.Run("nft", "delete table inet bench-lock");
    }, _network);

    [Benchmark]
    public void IptablesRestore() => NamespaceThread.Run(() =>
    {
        foreach (var text in (string[])[IptablesLock, IptablesUnlock])
        {
            Tool.Run("iptables-restore", "-w --noflush", text);
            Tool.Run("ip6tables-restore", "-w --noflush", text);
        }
    }, _network);
}

using System.Diagnostics;
using LxcNative.Orchestrator.Locking;

namespace LxcNative.Orchestrator.Tests.Locking;

/// <summary>What is left of a lock when its process is killed.</summary>
public sealed class NetworkLockHolderTests
{
    [Fact]
    public void AKilledHolderLeavesNoLock()
    {
        using NamespacePair pair = new();
        using var holder = Start(pair, "owned");
        Assert.Contains($"held by process {holder.Id} (LockHolder)", Assert.Throws<NetworkLockHeldException>(() => NetworkLock.Remove(pair.Container)).Message,
            StringComparison.Ordinal);
        Assert.Empty(Traffic.KindsThatLeave(pair));
        holder.Kill();
        holder.WaitForExit();

        // The kernel closes the socket of a killed process a moment later than it reports its end.
        Assert.True(SpinWait.SpinUntil(() => NamespacePair.Ruleset(pair.Container).Length == 0, TimeSpan.FromSeconds(10)));
        Assert.Equal(Traffic.AllKinds, Traffic.KindsThatLeave(pair, Traffic.AllKinds).Intersect(Traffic.AllKinds));
    }

    [Fact]
    public void AKilledHolderTakesWhatItHeldAndItsQueueWithIt()
    {
        using NamespacePair pair = new();
        using var holder = Start(pair, "holding");
        using var sender = NamespacePair.Udp(pair.Peer, NamespacePair.Peer4);
        using var receiver = NamespacePair.Udp(pair.Container, NamespacePair.Container4);
        sender.SendTo([1], receiver.LocalEndPoint!);
        Assert.NotEmpty(NamespacePair.Run(pair.Container, "cat", "/proc/net/netfilter/nfnetlink_queue"));
        holder.Kill();
        holder.WaitForExit();
        Assert.True(SpinWait.SpinUntil(() => NamespacePair.Ruleset(pair.Container).Length == 0, TimeSpan.FromSeconds(10)));
        Assert.True(SpinWait.SpinUntil(() => NamespacePair.Run(pair.Container, "cat", "/proc/net/netfilter/nfnetlink_queue").Length == 0,
            TimeSpan.FromSeconds(10)));
        receiver.ReceiveTimeout = 10_000;
        sender.SendTo([2], receiver.LocalEndPoint!);
        var arrived = new byte[1];
        receiver.Receive(arrived);
        Assert.Equal(2, arrived[0]);
    }

    [Fact]
    public void ALockWithoutOwnerStaysAndIsRemovedByAnother()
    {
        using NamespacePair pair = new();
        using var holder = Start(pair, "ownerless");
        holder.Kill();
        holder.WaitForExit();
        Assert.Empty(Traffic.KindsThatLeave(pair));
        Assert.Contains("(LockHolder)", NetworkLock.Find(pair.Container)?.Holder, StringComparison.Ordinal);
        Assert.True(NetworkLock.Remove(pair.Container));
        Assert.Equal(Traffic.AllKinds, Traffic.KindsThatLeave(pair, Traffic.AllKinds).Intersect(Traffic.AllKinds));
    }

    private static Process Start(NamespacePair pair, string ownership)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "LockHolder"), [NamespacePair.PathOf(pair.Container), ownership])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var holder = Process.Start(start)!;
        Assert.Equal("locked", holder.StandardOutput.ReadLine());
        return holder;
    }
}

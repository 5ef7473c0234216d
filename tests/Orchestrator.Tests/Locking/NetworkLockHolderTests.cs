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
        using Process holder = Start(pair, "owned");
        Assert.Contains($"held by process {holder.Id} (LockHolder)", Assert.Throws<NetworkLockHeldException>(() => NetworkLock.Remove(pair.Container)).Message, StringComparison.Ordinal);
        Assert.Empty(Traffic.KindsThatLeave(pair));
        holder.Kill();
        holder.WaitForExit();

        // The kernel closes the socket of a killed process a moment later than it reports its end.
        Assert.True(SpinWait.SpinUntil(() => NamespacePair.Ruleset(pair.Container).Length == 0, TimeSpan.FromSeconds(10)));
        Assert.Equal(Traffic.AllKinds, Traffic.KindsThatLeave(pair).Intersect(Traffic.AllKinds));
    }

    [Fact]
    public void ALockWithoutOwnerStaysAndIsRemovedByAnother()
    {
        using NamespacePair pair = new();
        using Process holder = Start(pair, "ownerless");
        holder.Kill();
        holder.WaitForExit();
        Assert.Empty(Traffic.KindsThatLeave(pair));
        Assert.Contains("(LockHolder)", NetworkLock.Find(pair.Container)?.Holder, StringComparison.Ordinal);
        Assert.True(NetworkLock.Remove(pair.Container));
        Assert.Equal(Traffic.AllKinds, Traffic.KindsThatLeave(pair).Intersect(Traffic.AllKinds));
    }

    private static Process Start(NamespacePair pair, string ownership)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "LockHolder"), [NamespacePair.PathOf(pair.Container), ownership])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process holder = Process.Start(start)!;
        Assert.Equal("locked", holder.StandardOutput.ReadLine());
        return holder;
    }
}

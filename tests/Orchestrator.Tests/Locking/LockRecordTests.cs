using System.Diagnostics;
using LxcNative.Native.Procfs;
using LxcNative.Netlink.Netfilter;
using LxcNative.Orchestrator.Locking;

namespace LxcNative.Orchestrator.Tests.Locking;

/// <summary>What the host has written down of a lock, while others read and write it.</summary>
public sealed class LockRecordTests : IDisposable
{
    private readonly NamespacePair _pair = new();
    private readonly string _path;

    public LockRecordTests() => _path = LockRecord.PathOf(_pair.Container);

    public void Dispose()
    {
        File.Delete(_path);
        _pair.Dispose();
    }

    [Fact]
    public void OneOfMoreIsWrittenAndNothingLiesBesideIt()
    {
        var wrote = 0;
        Parallel.For(0, 32, _ =>
        {
            try
            {
                LockRecord.Of(NetworkLockMethod.NfTables, LockRecord.NewTableName(), isOwned: true).Write(_path);
                Interlocked.Increment(ref wrote);
            }
            catch (NetworkLockHeldException)
            {
                // Another was faster.
            }
        });
        Assert.Equal(1, wrote);
        Assert.NotNull(LockRecord.Read(_path));
        Assert.Equal([_path], Directory.GetFiles(Path.GetDirectoryName(_path)!, Path.GetFileName(_path) + "*"));
    }

    [Fact]
    public void OneOfALockThatIsAboutToBePutOnIsLeftAlone()
    {
        using var holder = Process.Start("sleep", "60");
        new LockRecord(NetworkLockMethod.NfTables, "lxcnative-lock-soon", true, holder.Id, ProcStat.Read(holder.Id).StartTimeTicks, "sleep").Write(_path);
        Assert.Null(NetworkLock.Find(_pair.Container));
        Assert.False(NetworkLock.Remove(_pair.Container));
        Assert.True(File.Exists(_path));
        holder.Kill();
        holder.WaitForExit();
        Assert.Null(NetworkLock.Find(_pair.Container));
        Assert.False(File.Exists(_path));
    }

    [Fact]
    public void OneThatAnotherHasTakenOverIsTheOthersToRemove()
    {
        var own = LockRecord.Of(NetworkLockMethod.NfTables, "lxcnative-lock-a", isOwned: true);
        var others = own with { ProcessId = 1, StartTime = ProcStat.Read(1).StartTimeTicks };
        own.Write(_path);
        others.Replace(_path);
        own.Remove(_path);
        Assert.Equal(others, LockRecord.Read(_path));
        others.Remove(_path);
        Assert.False(File.Exists(_path));
    }

    [Fact]
    public void TheRulesOfALockThatHoldsOnlyWhatComesInCanBeTakenAway()
    {
        var ruleset = new LockRuleset("lxcnative-lock-in", IsOwned: true, HasArp: false, HasEgress: false, [], "");
        using var socket = NetfilterSocket.OpenIn(_pair.Container);
        socket.Execute(ruleset.BuildIncoming());
        Assert.Throws<BatchException>(() => socket.Execute(ruleset.BuildRulesAway(isIncomingOnly: false)));
        socket.Execute(ruleset.BuildRulesAway(isIncomingOnly: true));
    }
}

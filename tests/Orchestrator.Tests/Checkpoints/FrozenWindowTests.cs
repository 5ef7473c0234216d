using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Orchestrator.Tests.Checkpoints;

/// <summary>What is done while a container stands still, driven by a script of criu's notifications.</summary>
public class FrozenWindowTests
{
    private readonly List<string> _done = [];

    [Fact]
    public void AContainerThatEndsWaitsForItsImages()
    {
        Play(Window(leaveRunning: false, hidesUnlock: false), CriuNotifyAction.PreDump, CriuNotifyAction.NetworkLock, CriuNotifyAction.PostDump);

        Assert.Equal(["lock", "capture", "captured", "images"], _done);
    }

    [Fact]
    public void AContainerThatRunsOnDoesNot()
    {
        Play(Window(leaveRunning: true, hidesUnlock: false), CriuNotifyAction.PreDump, CriuNotifyAction.NetworkLock, CriuNotifyAction.PostDump,
            CriuNotifyAction.NetworkUnlock);

        Assert.Equal(["lock", "capture", "captured", "unlock"], _done);
    }

    [Fact]
    public void WhereCriuDoesNotTellOfTheUnlockItFollowsTheCapture()
    {
        Play(Window(leaveRunning: true, hidesUnlock: true), CriuNotifyAction.PreDump, CriuNotifyAction.QueryExtFiles, CriuNotifyAction.PostDump);

        Assert.Equal(["lock", "capture", "captured", "unlock"], _done);
    }

    [Fact]
    public void ACriuThatHidesTheUnlockOfAContainerThatEndsDoesNotOpenIt()
    {
        Play(Window(leaveRunning: false, hidesUnlock: true), CriuNotifyAction.PreDump, CriuNotifyAction.QueryExtFiles, CriuNotifyAction.PostDump);

        Assert.DoesNotContain("unlock", _done);
    }

    [Fact]
    public void TheNetworkIsLockedOnceHoweverOftenCriuAsks()
    {
        Play(Window(leaveRunning: false, hidesUnlock: false), CriuNotifyAction.PreDump, CriuNotifyAction.NetworkLock, CriuNotifyAction.QueryExtFiles,
            CriuNotifyAction.QueryExtFiles, CriuNotifyAction.PostDump);

        Assert.Equal(1, _done.Count(one => one == "lock"));
        Assert.Equal(1, _done.Count(one => one == "capture"));
    }

    [Fact]
    public void ACaptureThatFailsIsToldToCriuAndNothingIsComplete()
    {
        var window =
            FrozenWindow.Of(new FrozenActions(() => { }, () => { }, () => throw new IOException("full"), () => _done.Add("images"), () => _done.Add("unlock")),
                false, false);
        Play(window, CriuNotifyAction.PreDump, CriuNotifyAction.NetworkLock);

        Assert.Throws<IOException>(() => window.Handle(CriuNotifyAction.PostDump));

        Assert.Equal(0, window.Completed);
        Assert.NotEqual(0, window.Dumped);
        Play(window, CriuNotifyAction.NetworkUnlock);
        Assert.Equal(["unlock"], _done);
    }

    [Fact]
    public void AFailureBeforeTheFreezeIsKnownAsOne()
    {
        var window = Window(leaveRunning: false, hidesUnlock: false);
        Play(window, CriuNotifyAction.PreDump);

        Assert.NotEqual(0, window.Asked);
        Assert.Equal(0, window.Frozen);
    }

    private FrozenWindow Window(bool leaveRunning, bool hidesUnlock) => FrozenWindow.Of(
        new FrozenActions(() => _done.Add("lock"), () => _done.Add("capture"), () => _done.Add("captured"), () => _done.Add("images"),
            () => _done.Add("unlock")), leaveRunning, hidesUnlock);

    private static void Play(FrozenWindow window, params CriuNotifyAction[] script)
    {
        foreach (var action in script)
            window.Handle(action);
    }
}

using System.Diagnostics;
using System.IO.Pipes;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.InPlace;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Tests.Containers;

namespace LxcNative.Orchestrator.Tests.InPlace;

/// <summary>What a monitor takes for the end of the container that it brings back in place.</summary>
public sealed class DepartureTests : IDisposable
{
    private readonly AnonymousPipeServerStream _asker = new(PipeDirection.Out);
    private readonly Process _init = Start(), _criu = Start();
    private readonly FileDescriptor _cues;
    private readonly Takeover _takeover;

    public DepartureTests()
    {
        _cues = new FileDescriptor((int)_asker.ClientSafePipeHandle.DangerousGetHandle(), ownsHandle: false);
        _takeover = new Takeover(ProcessIdentity.Of(_init.Id), ProcessIdentity.Of(Environment.ProcessId), ProcessIdentity.Of(_criu.Id), null, null);
    }

    public void Dispose()
    {
        End(_init);
        End(_criu);
        _init.Dispose();
        _criu.Dispose();
        _asker.Dispose();
    }

    [Fact]
    public void AnInitThatEndsByItselfWasNotLetGo()
    {
        End(_init);
        Assert.False(Departure.Wait(_takeover, _cues));
    }

    [Fact]
    public void OneThatWasLetGoHasEnded()
    {
        Tell(MonitorCue.Go);
        End(_init);
        End(_criu);
        Assert.True(Departure.Wait(_takeover, _cues));
    }

    [Fact]
    public async Task OneThatEndsWhileItIsWaitedForHasEnded()
    {
        var waiting = Task.Run(() => Departure.Wait(_takeover, _cues), TestContext.Current.CancellationToken);
        Tell(MonitorCue.Go);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        End(_init);
        End(_criu);
        Assert.True(await waiting);
    }

    [Fact]
    public void OneThatRunsOnIsLeftAlone()
    {
        Tell(MonitorCue.Go);
        Tell(MonitorCue.Cancel);
        Assert.False(Departure.Wait(_takeover, _cues));
    }

    [Fact]
    public void AnAskerThatDiesBeforeTheCueChangesNothing()
    {
        _asker.Dispose();
        Assert.False(Departure.Wait(_takeover with { Checkpoint = new ProcessIdentity(_criu.Id, 1) }, _cues));
    }

    [Fact]
    public async Task AnAskerThatDiesAfterTheCueIsNotNeeded()
    {
        Tell(MonitorCue.Go);
        _asker.Dispose();
        var waiting = Task.Run(() => Departure.Wait(_takeover, _cues), TestContext.Current.CancellationToken);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        End(_init);
        End(_criu);
        Assert.True(await waiting);
    }

    [Fact]
    public void OneThatNobodyLetsGoAnyMoreRunsOn()
    {
        Tell(MonitorCue.Go);
        _asker.Dispose();
        End(_criu);
        Assert.False(Departure.Wait(_takeover with { Checkpoint = new ProcessIdentity(_init.Id, 1) }, _cues));
    }

    /// <summary>It would be lost if it were taken for one that runs on.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OneThatWasKilledIsWaitedForHoweverLongItsEndTakes(bool isCancelled)
    {
        using var init = new KilledProcess();
        var takeover = _takeover with { Init = ProcessIdentity.Of(init.Pid) };
        init.Kill();
        End(_criu);
        Tell(MonitorCue.Go);
        if (isCancelled)
            Tell(MonitorCue.Cancel);
        else
            _asker.Dispose();
        var waiting = Task.Run(() => Departure.Wait(takeover, _cues), TestContext.Current.CancellationToken);
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        init.End();
        Assert.True(await waiting);
    }

    private static Process Start() => Process.Start("sleep", "60");

    private static void End(Process process)
    {
        process.Kill();
        process.WaitForExit();
    }

    private void Tell(MonitorCue cue) => _asker.WriteByte((byte)cue);
}

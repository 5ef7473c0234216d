using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Storage.Transfer;

namespace LxcNative.Cli.Tests.Output;

/// <summary>How far a transfer is, for who watches and who does not.</summary>
public sealed class TransferLineTests : IDisposable
{
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly StoppedClock _clock = new();

    public void Dispose() => _error.Dispose();

    [Fact]
    public void WhoDoesNotWatchIsToldOnceAtTheEnd()
    {
        using (var line = new TransferLine(_error, isTerminal: false, _clock))
        {
            line.Report(new TransferProgress(TransferStage.Digesting, 100, 100));
            line.Report(new TransferProgress(TransferStage.Pushing, 0, 4 << 20));
            _clock.Pass(2);
            line.Report(new TransferProgress(TransferStage.Pushing, 4 << 20, 4 << 20));
            Assert.Empty(_error.ToString());
            line.Finish();
        }

        Assert.Equal("pushed 4.0 MiB in 2.00 s\n", _error.ToString());
    }

    [Fact]
    public void WhoWatchesSeesRateAndTheTimeThatIsLeft()
    {
        using var line = new TransferLine(_error, isTerminal: true, _clock);
        line.Report(new TransferProgress(TransferStage.Pulling, 0, 1 << 30));
        _clock.Pass(4);
        line.Report(new TransferProgress(TransferStage.Pulling, 8 << 20, 1 << 30));
        line.Report(new TransferProgress(TransferStage.Pulling, 9 << 20, 1 << 30));
        Assert.Equal("\r\x1b[Kpulled 0 B of 1.00 GiB (0 %, 0 B/s)\r\x1b[Kpulled 8.0 MiB of 1.00 GiB (1 %, 2.0 MiB/s, 8 min 28 s left)", _error.ToString());
        line.Finish();
        Assert.EndsWith("left)\r\x1b[K", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsSaidOfWhatNeverBegan()
    {
        using var line = new TransferLine(_error, isTerminal: false, _clock);
        line.Finish();
        Assert.Empty(_error.ToString());
    }

    /// <summary>A clock that the test moves.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => 1;

        public void Pass(long seconds) => _now += seconds;

        public override long GetTimestamp() => _now;
    }
}

using System.Globalization;
using LxcNative.Orchestrator.Storage.Transfer;

namespace LxcNative.Cli.Output;

/// <summary>How far a transfer is, in one line: on a terminal written anew as it goes on, with the rate and the time that is left; elsewhere once, at the
/// end.</summary>
/// <param name="error">Standard error.</param>
/// <param name="isTerminal">Whether a person watches.</param>
/// <param name="clock">The time.</param>
internal sealed class TransferLine(TextWriter error, bool isTerminal, TimeProvider clock) : IProgress<TransferProgress>, IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);
    private const string Clear = "\r\x1b[K";

    private TransferProgress _last;
    private long _begun, _told;
    private bool _isShown;

    /// <inheritdoc />
    public void Report(TransferProgress value)
    {
        if (_begun == 0 || value.Stage != _last.Stage)
            (_begun, _told) = (clock.GetTimestamp(), 0);
        _last = value;
        if (!isTerminal || (_told != 0 && clock.GetElapsedTime(_told) < s_interval))
            return;
        _told = clock.GetTimestamp();
        _isShown = true;
        error.Write(Clear + Text(value, clock.GetElapsedTime(_begun)));
    }

    /// <summary>It is done: what was watched goes, and who did not watch is told.</summary>
    public void Finish()
    {
        Hide();
        if (!isTerminal && _begun != 0)
            error.WriteLine(Summary(_last, clock.GetElapsedTime(_begun)));
    }

    /// <inheritdoc />
    /// <remarks>Where it has failed, what is told of that has a line of its own.</remarks>
    public void Dispose() => Hide();

    private void Hide()
    {
        if (_isShown)
            error.Write(Clear);
        _isShown = false;
    }

    private static string Text(TransferProgress at, TimeSpan took)
    {
        var rate = took >= s_interval ? at.Done / took.TotalSeconds : 0;
        var left = rate > 0 && at.Expected > at.Done ? $", {Left(TimeSpan.FromSeconds((at.Expected - at.Done) / rate))} left" : "";
        var share = at.Expected > 0 ? Math.Min(100, 100.0 * at.Done / at.Expected) : 100;
        return string.Create(CultureInfo.InvariantCulture,
            $"{Verb(at.Stage)} {Duration.FormatBytes(at.Done)} of {Duration.FormatBytes(at.Expected)} "
            + $"({share:0} %, {Duration.FormatBytes((long)rate)}/s{left})");
    }

    private static string Summary(TransferProgress at, TimeSpan took) => $"{Verb(at.Stage)} {Duration.FormatBytes(at.Done)} in {Duration.Format(took)}";

    private static string Left(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min"
        : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s" : $"{Math.Ceiling(time.TotalSeconds):0} s";

    private static string Verb(TransferStage stage) => stage switch
    {
        TransferStage.Exporting => "exported",
        TransferStage.Importing => "imported",
        TransferStage.Digesting => "digested",
        TransferStage.Pushing => "pushed",
        _ => "pulled",
    };
}

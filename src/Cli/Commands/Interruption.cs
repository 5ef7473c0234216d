using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LxcNative.Cli.Commands;

/// <summary>Ctrl-C, SIGTERM and SIGHUP as a cancellation: the command stops where it may stop, and else comes to its end. One that comes later ends it at
/// once.</summary>
internal sealed class Interruption : IDisposable
{
    // timeout(1) sends its signal to the process and to its group, so to the process twice.
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private long _first;

    public Interruption() =>
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Handle))];

    /// <summary>Cancelled by the first of them.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
        {
            context.Cancel = Stopwatch.GetElapsedTime(_first) < Together;
            return;
        }

        _first = Stopwatch.GetTimestamp();
        context.Cancel = true;
        _source.Cancel();
    }
}

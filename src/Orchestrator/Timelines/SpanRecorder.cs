using LxcNative.Native.Processes;

namespace LxcNative.Orchestrator.Timelines;

/// <summary>Collects spans, from any thread. Its place is made beforehand: recording costs the container that stands still no allocation but the span's
/// own.</summary>
internal sealed class SpanRecorder
{
    private const int Places = 64;
    private readonly List<RecordedSpan> _spans = new(Places);
    private readonly Lock _gate = new();

    /// <summary>What was recorded so far.</summary>
    public IReadOnlyList<RecordedSpan> Spans
    {
        get
        {
            lock (_gate)
                return [.. _spans];
        }
    }

    /// <summary>Does something and records how long it took.</summary>
    public void Run(string track, string name, Action action)
    {
        var start = MonotonicClock.Microseconds();
        action();
        Add(track, name, start, MonotonicClock.Microseconds());
    }

    /// <summary>Records a span in microseconds of CLOCK_MONOTONIC.</summary>
    public void Add(string track, string name, long start, long end)
    {
        lock (_gate)
            _spans.Add(new RecordedSpan(track, name, start, end));
    }
}

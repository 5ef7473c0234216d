using System.Diagnostics;

namespace LxcNative.Bench.Live.Clients;

/// <summary>A connection between two processes inside of the container, over loopback, whose sender collects small writes (payload.c): what waits for an
/// acknowledgement there shows.</summary>
internal sealed class InsideClient : GapClient
{
    private readonly BenchContainer _container;

    public InsideClient(BenchContainer container)
    {
        _container = container;
        // It only keeps the measurement going for some time before and after.
        Start(() =>
        {
            for (; !IsStopping; Thread.Sleep(20))
                Answered(Stopwatch.GetTimestamp());
        });
    }

    protected override double Measured => _container.Meter.Inside;

    protected override void Begin() => _container.Meter.ResetInside();

    protected override void Close()
    {
    }
}

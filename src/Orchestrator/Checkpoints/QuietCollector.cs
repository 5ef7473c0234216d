namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Keeps the garbage collector from running while a container stands still.</summary>
internal readonly struct QuietCollector : IDisposable
{
    // What a checkpoint allocates meanwhile, many times over; the largest captures write through buffers.
    private const long Budget = 16 << 20;
    private readonly bool _isOurs;

    private QuietCollector(bool isOurs) => _isOurs = isOurs;

    /// <summary>Begins, unless the program that uses this library is in such a region already.</summary>
    public static QuietCollector Begin()
    {
        if (System.Runtime.GCSettings.LatencyMode == System.Runtime.GCLatencyMode.NoGCRegion)
            return new QuietCollector(false);
        try
        {
            return new QuietCollector(GC.TryStartNoGCRegion(Budget));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentOutOfRangeException)
        {
            // Another thread was faster, or the process may not have that much: collections are rare anyway.
            return new QuietCollector(false);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // More was allocated than planned: the collector has ended the region itself.
        if (_isOurs && System.Runtime.GCSettings.LatencyMode == System.Runtime.GCLatencyMode.NoGCRegion)
            GC.EndNoGCRegion();
    }
}

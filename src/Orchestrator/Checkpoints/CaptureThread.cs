namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Captures what criu is told to leave alone on a thread of its own, made beforehand: nothing of it changes while the container stands
/// still and its network is locked, so criu need not wait.</summary>
internal sealed class CaptureThread : IDisposable
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _signal = new(0);
    private volatile bool _isWanted;

    private CaptureThread(Action capture)
    {
        new Thread(() =>
        {
            _signal.Wait();
            if (!_isWanted)
                return;
            try
            {
                capture();
                _done.SetResult();
            }
            catch (Exception e)
            {
                _done.SetException(e);
            }
        })
        { IsBackground = true, Name = "capture" }.Start();
    }

    /// <summary>Makes it ready.</summary>
    public static CaptureThread Prepare(Action capture) => new(capture);

    /// <summary>Begins. To be called once the container stands still.</summary>
    public void Begin()
    {
        _isWanted = true;
        _signal.Release();
    }

    /// <summary>Waits for its end, and throws what it threw.</summary>
    public void Complete() => _done.Task.GetAwaiter().GetResult();

    /// <inheritdoc />
    public void Dispose()
    {
        if (_isWanted)
            // A failure was told by Complete, or something else had failed before.
            ((IAsyncResult)_done.Task).AsyncWaitHandle.WaitOne();
        else
            _signal.Release();
    }
}

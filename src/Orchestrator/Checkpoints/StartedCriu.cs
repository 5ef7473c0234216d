using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>A criu that starts and probes the kernel on a thread of its own, while the container is still being looked at.</summary>
internal sealed class StartedCriu : IDisposable
{
    private readonly Task<(CriuInstallation Installation, CriuWorker Worker, CriuKerndat? Kerndat)> _start;
    private CriuWorker? _worker;

    private StartedCriu(CriuSearch search) =>
        _start = OwnThread.Run(() => Start(search), CancellationToken.None);

    /// <summary>Starts it.</summary>
    public static StartedCriu Begin(CriuSearch search) => new(search);

    /// <summary>Waits until it is ready.</summary>
    /// <returns>The worker belongs to this object until it is given to options.</returns>
    /// <exception cref="RefusedException">There is no usable criu.</exception>
    public (CriuInstallation Installation, CriuWorker Worker, CriuKerndat? Kerndat) Get()
    {
        try
        {
            var started = _start.GetAwaiter().GetResult();
            _worker = started.Worker;
            return started;
        }
        catch (CriuNotFoundException e)
        {
            throw new RefusedException(e.Message, e);
        }
    }

    private static (CriuInstallation Installation, CriuWorker Worker, CriuKerndat? Kerndat) Start(CriuSearch search)
    {
        var (installation, worker) = CriuInstallation.Start(search);
        try
        {
            return (installation, worker, CriuKerndat.Find(installation));
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // Whoever did not come as far as asking for it does not care whether it could be started.
        ((IAsyncResult)_start).AsyncWaitHandle.WaitOne();
        (_worker ?? (_start.IsCompletedSuccessfully ? _start.Result.Worker : null))?.Dispose();
    }
}

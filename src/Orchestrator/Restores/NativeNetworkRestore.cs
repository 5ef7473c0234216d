using LxcNative.Native.Criu;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.NetworkState;
using LxcNative.Orchestrator.NetworkState.Rebuilding;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Rebuilds the network namespace natively, locked before any of its links is up, and hands it to criu.</summary>
internal sealed class NativeNetworkRestore(string imagePath, EmptyNetwork empty, IReadOnlyList<MonitorNic> nics, bool criuInside, SpanRecorder recorder) : INetworkRestore
{
    private readonly HostEnds _ends = new();
    private Task<IReadOnlyList<string>>? _making;
    private FileDescriptor? _namespace;
    private NetworkRebuild? _network;
    private NetworkLock? _lock;
    private Task _warming = Task.CompletedTask;

    /// <inheritdoc />
    public void Begin()
    {
        _namespace = empty.Take();
        _making = Task.Factory.StartNew(Make, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Complete() => _making!.GetAwaiter().GetResult();

    /// <inheritdoc />
    public void Describe(CriuOptions criu)
    {
        if (!criuInside)
            criu.AddInheritFd(_namespace!, NetworkStateDump.Key);
    }

    /// <inheritdoc />
    public T Call<T>(Func<T> criu)
    {
        if (!criuInside)
            return criu();
        using var host = Namespace.OpenSelf(NamespaceKind.Net);
        Namespace.Enter(_namespace!);
        try
        {
            return criu();
        }
        finally
        {
            Namespace.Enter(host);
        }
    }

    /// <inheritdoc />
    public void NamespacesMade(int init)
    {
        // The namespace was there before the init was.
    }

    /// <inheritdoc />
    public void Open() => _lock?.Release();

    /// <inheritdoc />
    public void Undo()
    {
        WaitForEnd();
        _ends.Undo();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        WaitForEnd();
        _lock?.Dispose();
        _network?.Dispose();
        _namespace?.Dispose();
        _ends.Dispose();
    }

    private IReadOnlyList<string> Make()
    {
        var start = MonotonicClock.Microseconds();
        _network = NetworkRebuild.In(_namespace!, NetworkImageFile.Read(File.ReadAllBytes(imagePath)));
        _lock = NetworkLock.Acquire(_namespace!);
        // Beside the rest, and beside criu: opening it will be quick.
        _warming = Task.Run(_lock.Warm);
        _ends.Expect(nics);
        _network.MakeLinks(nics.ToDictionary(nic => nic.Inside, nic => nic.Host, StringComparer.Ordinal));
        _ends.Settle(nics);
        var shortfalls = _network.Configure();
        recorder.Add(Track.Beside, RestoreSpan.Rebuild, start, MonotonicClock.Microseconds());
        return shortfalls;
    }

    // What it failed of was told by Complete, or something else had failed before.
    private void WaitForEnd()
    {
        (_making as IAsyncResult)?.AsyncWaitHandle.WaitOne();
        // Where it failed, opening was slower.
        ((IAsyncResult)_warming).AsyncWaitHandle.WaitOne();
    }
}

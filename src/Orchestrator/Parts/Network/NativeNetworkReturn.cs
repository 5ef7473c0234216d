using LxcNative.Native.Criu;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Parts.HostEnds;
using LxcNative.Orchestrator.Parts.Network.Rebuilding;
using LxcNative.Orchestrator.Restores.Clones;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>Rebuilds the network namespace natively, locked before any of its links is up, and hands it to criu.</summary>
internal sealed class NativeNetworkReturn(string imagePath, EmptyNetwork empty, IReadOnlyList<HostEnd> ends, NetworkState state, NetworkLockMode mode,
    SpanRecorder recorder, IReadOnlyList<CloneDevice> devices) : OwnNetworkReturn(state)
{
    private readonly HostEndLinks _links = new();
    private IReadOnlyList<string> _shortfalls = [];
    private Task<IReadOnlyList<string>>? _making;
    private FileDescriptor? _namespace;
    private NetworkRebuild? _network;
    private NetworkLock? _lock;
    private Task _warming = Task.CompletedTask;

    /// <inheritdoc />
    public override IEnumerable<Step> Steps => State.MadeByCriu ? [] : [new Step("the network namespace", () => Begin(empty.Take()))];

    /// <inheritdoc />
    public override IEnumerable<string> Shortfalls => [.. _shortfalls, .. base.Shortfalls];

    /// <inheritdoc />
    protected override NetworkLock? Lock => _lock;

    /// <inheritdoc />
    protected override SocketPermits? Permits => _network?.Permits;

    /// <inheritdoc />
    protected override FileDescriptor Network => _namespace!;

    /// <inheritdoc />
    public override void On(CriuNotification notification, int init)
    {
        if (notification.Action == CriuNotifyAction.SetupNamespaces && State.MadeByCriu)
            Begin(MadeNetwork.Open(init));
        // From here on sockets are made, which need addresses.
        if (notification.Action == CriuNotifyAction.PostSetupNamespaces)
            recorder.Run(Track.Own, RestoreSpan.Await, () => _shortfalls = _making!.GetAwaiter().GetResult());
    }

    /// <inheritdoc />
    public override void Release()
    {
        WaitForEnd();
        _lock?.Dispose();
        _network?.Dispose();
        _namespace?.Dispose();
        _links.Dispose();
    }

    /// <inheritdoc />
    protected override void Close() => Release();

    private void Begin(FileDescriptor network)
    {
        _namespace = network;
        _making = OwnThread.Run(Make, CancellationToken.None);
    }

    private IReadOnlyList<string> Make()
    {
        var start = MonotonicClock.Microseconds();
        _network = NetworkRebuild.In(_namespace!, ReaddressedNetwork.Of(NetworkImageFile.ReadFile(imagePath), devices));
        _lock = NetworkLock.Acquire(_namespace!, new NetworkLockOptions { Mode = mode });
        // Beside the rest, and beside criu: opening it will be quick.
        _warming = Task.Run(_lock.Warm);
        _network.MakeLinks(ends.ToDictionary(end => end.Inside, end => end.Host, StringComparer.Ordinal));
        _links.Settle(ends);
        IReadOnlyList<string> shortfalls = [.. _network.Configure(), .. AddressExchange.Run(_namespace!, devices)];
        recorder.Add(Track.Beside, RestoreSpan.Rebuild, start, MonotonicClock.Microseconds());
        return shortfalls;
    }

    // What it failed of was told when it was waited for, or something else had failed before.
    private void WaitForEnd()
    {
        (_making as IAsyncResult)?.AsyncWaitHandle.WaitOne();
        // Where it failed, opening was slower.
        ((IAsyncResult)_warming).AsyncWaitHandle.WaitOne();
    }
}

using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Parts.Sockets;

/// <summary>Finds the sockets that something was set for while the container runs, and reads those again when it stands still: a number may be another socket's
/// by then.</summary>
internal sealed class SocketsSaving : PartSaving
{
    private readonly OptionReading _reading;
    private List<FoundSocket> _sockets;

    /// <summary>Finds them.</summary>
    /// <param name="container">The container.</param>
    /// <param name="processes">What was read of its processes.</param>
    /// <param name="network">Its network namespace; stays the caller's.</param>
    public SocketsSaving(Container container, IEnumerable<ObservedProcess> processes, FileDescriptor network)
    {
        _reading = new OptionReading(network);
        _sockets = _reading.Take(container, processes);
    }

    /// <inheritdoc />
    public override PartState State => new SocketsState { Sockets = [.. _sockets.Select(socket => socket.Settings)] };

    /// <inheritdoc />
    public override IReadOnlyList<string> Warnings => _reading.Warnings;

    /// <inheritdoc />
    public override bool Captures => _sockets.Count > 0;

    /// <inheritdoc />
    public override void Capture() => _sockets = _reading.Again(_sockets);
}

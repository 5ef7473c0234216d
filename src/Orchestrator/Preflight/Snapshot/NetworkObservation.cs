using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>A network namespace in which processes of the container are.</summary>
/// <param name="Inode">Its inode.</param>
/// <param name="Sockets">The sockets in it.</param>
/// <param name="Links">Its devices; empty where it is the host's.</param>
internal sealed record NetworkObservation(ulong Inode, IReadOnlyList<ObservedSocket> Sockets, IReadOnlyList<ObservedLink> Links)
{
    /// <summary>Why criu has to save it: it is another than the container's own, or has something that is not saved here. Looked up only where criu could not
    /// do it.</summary>
    public IReadOnlyList<string> LeftToCriu { get; init; } = [];

    /// <summary>All that was read of the sockets; null in a sample.</summary>
    public SocketReading? Reading { get; init; }

    /// <summary>What nobody saves of it, in words.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    /// <summary>The multicast groups that programs have joined in it, each with its device.</summary>
    public IReadOnlyList<string> Memberships { get; init; } = [];
}

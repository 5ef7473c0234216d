namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>A network namespace in which processes of the container are.</summary>
/// <param name="Inode">Its inode.</param>
/// <param name="Sockets">The sockets in it.</param>
/// <param name="Links">Its devices; empty where it is the host's.</param>
internal sealed record NetworkObservation(ulong Inode, IReadOnlyList<ObservedSocket> Sockets, IReadOnlyList<ObservedLink> Links);

using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.Locking;

/// <summary>A lock that holds, as another process can take it over, which inherits its descriptors: it is there as long as one of the two has them
/// open.</summary>
/// <param name="TableName">The name of its tables.</param>
/// <param name="Rules">The socket whose the tables are.</param>
/// <param name="Queue">The socket whose the queue is.</param>
/// <param name="Counts">What the queue's counts are read from; null where the kernel does not tell.</param>
/// <param name="QueueNumber">The queue's number.</param>
/// <param name="HasBridge">Whether there is a table for what a bridge of the namespace forwards.</param>
internal sealed record SharedLock(
    string TableName, FileDescriptor Rules, FileDescriptor Queue, FileDescriptor? Counts, ushort QueueNumber, bool HasBridge);

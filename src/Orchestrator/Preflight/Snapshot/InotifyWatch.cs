namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>A watch of an inotify descriptor.</summary>
/// <param name="Device">The file system's device in the kernel's encoding, as fdinfo and criu show it.</param>
/// <param name="Inode">The inode.</param>
/// <param name="IsReachable">Whether the inode can be found by its handle and still has a name; true where nobody could look.</param>
internal readonly record struct InotifyWatch(uint Device, ulong Inode, bool IsReachable);

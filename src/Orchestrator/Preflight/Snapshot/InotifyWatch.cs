namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>A watch of an inotify descriptor.</summary>
/// <param name="Device">The file system's device in the kernel's encoding, as fdinfo and criu show it.</param>
/// <param name="Inode">The inode.</param>
/// <param name="Place">Whether criu can tell what is watched.</param>
internal readonly record struct InotifyWatch(uint Device, ulong Inode, InotifyPlace Place);

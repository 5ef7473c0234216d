namespace LxcNative.Native.Criu.Images;

/// <summary>A task of the images (images/pstree.proto). All ids are those of the container's pid namespace.</summary>
/// <param name="Pid">Its pid.</param>
/// <param name="ParentPid">Its parent's; 0 for the root.</param>
/// <param name="ProcessGroup">Its process group.</param>
/// <param name="Session">Its session.</param>
/// <param name="Threads">Its threads, the leader included. Of a zombie criu writes one number that means nothing.</param>
internal sealed record ProcessTreeEntry(uint Pid, uint ParentPid, uint ProcessGroup, uint Session, IReadOnlyList<uint> Threads);

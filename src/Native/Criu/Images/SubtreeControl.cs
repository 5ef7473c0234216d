namespace LxcNative.Native.Criu.Images;

/// <summary>The controllers that a cgroup of version 2 hands on to those below it (cgroup.subtree_control).</summary>
/// <param name="Path">The cgroup, below the container's; empty for that itself.</param>
/// <param name="Controllers">Their names.</param>
internal sealed record SubtreeControl(string Path, IReadOnlyList<string> Controllers);

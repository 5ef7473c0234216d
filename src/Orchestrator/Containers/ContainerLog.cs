namespace LxcNative.Orchestrator.Containers;

/// <summary>A log of a container's on this host.</summary>
/// <param name="Kind">checkpoint or restore (criu's, in a directory of images), console (what the container wrote to its console), or lxc (LXC's own).</param>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Written">When it was written last.</param>
public sealed record ContainerLog(string Kind, string Path, long Bytes, DateTimeOffset Written);

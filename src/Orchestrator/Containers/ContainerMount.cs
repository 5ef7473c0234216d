using LxcNative.Native.Mounts;

namespace LxcNative.Orchestrator.Containers;

/// <summary>A mount of the container and what a checkpoint does with it.</summary>
/// <param name="Entry">The line of the container's mountinfo.</param>
/// <param name="Kind">What becomes of it.</param>
/// <param name="HostPath">For an external mount, the path on the host that shows the same file or directory; else null.</param>
/// <param name="Reason">For an unsupported mount, why; else null.</param>
public sealed record ContainerMount(MountEntry Entry, ContainerMountKind Kind, string? HostPath = null, string? Reason = null);

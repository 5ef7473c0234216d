namespace LxcNative.Orchestrator.Containers;

/// <summary>Who else has a container's network namespace: it, its devices and their ends on the host, stay when the container is gone.</summary>
/// <param name="Processes">Processes of other containers in it, and of the host that were in it before the container, as the host sees them.</param>
/// <param name="MountPoint">Where the host keeps it (<c>ip netns</c>); null where it does not.</param>
public sealed record NetworkSharing(IReadOnlyList<int> Processes, string? MountPoint);

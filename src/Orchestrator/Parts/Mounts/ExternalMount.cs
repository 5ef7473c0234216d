namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>Something of the host that is bound into the container.</summary>
/// <param name="Key">What criu's images call it.</param>
/// <param name="MountPoint">Where it is in the container.</param>
/// <param name="HostPath">Where it is on the host.</param>
/// <param name="Options">The mount's own options (ro, nosuid, ...), as mountinfo shows them.</param>
internal sealed record ExternalMount(string Key, string MountPoint, string HostPath, string Options);

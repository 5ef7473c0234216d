using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Monitoring;

/// <summary>A veth pair to be made for a restored container.</summary>
/// <param name="Inside">The device's name in the container.</param>
/// <param name="Host">The host end as it shall be; an index of 0 leaves it to the kernel, another is taken only if it is free.</param>
/// <param name="Port">Its settings as a port of its bridge, or null.</param>
internal sealed record MonitorNic(string Inside, HostNic Host, BridgePortRecord? Port);

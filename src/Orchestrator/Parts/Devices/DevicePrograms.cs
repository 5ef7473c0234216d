using LxcNative.Native.Bpf;

namespace LxcNative.Orchestrator.Parts.Devices;

/// <summary>The device rules of a version 2 cgroup: programs, which criu does not know of.</summary>
/// <param name="Path">The cgroup's path in its hierarchy.</param>
/// <param name="Flags">How they are attached: <see cref="CgroupPrograms.Flags"/>.</param>
/// <param name="Programs">The programs, in the order in which they are asked.</param>
internal sealed record DevicePrograms(string Path, uint Flags, IReadOnlyList<BpfProgram> Programs);

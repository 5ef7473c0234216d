using LxcNative.Native.Uapi;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>What rules about a container have to know of the host.</summary>
/// <param name="Capabilities">The capabilities that criu will have; bit n for capability n of capability(7).</param>
/// <param name="ProcessId">This process, whose child criu will be.</param>
/// <param name="HasDevtmpfs">Whether the host's /dev is a devtmpfs.</param>
/// <param name="CriuHasCompat">Whether criu can dump 32-bit programs; looked up only where there is one.</param>
internal sealed record HostFacts(ulong Capabilities, int ProcessId, bool HasDevtmpfs, bool CriuHasCompat = false)
{
    /// <summary>The ids of the host's own mounts.</summary>
    public IReadOnlySet<int> Mounts { get; init; } = new HashSet<int>();

    /// <summary>Whether limits of another user's process can be read.</summary>
    public bool HasSysResource => (Capabilities & (1UL << Capability.CAP_SYS_RESOURCE)) != 0;
}

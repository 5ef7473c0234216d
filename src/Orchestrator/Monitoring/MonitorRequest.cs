using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Monitoring;

/// <summary>What a monitor is asked to restore: everything is decided, the monitor only carries it out.</summary>
internal sealed record MonitorRequest
{
    public required string Name { get; init; }
    public required string LxcPath { get; init; }
    public required string ImagesDirectory { get; init; }
    public required string CriuPath { get; init; }
    public required string CriuVersion { get; init; }
    public required string LibCriuPath { get; init; }
    public required string LogFile { get; init; }
    public required int Verbosity { get; init; }
    public required bool Detached { get; init; }
    public required RootFileSystem Root { get; init; }
    public required IReadOnlyList<ExternalMount> ExternalMounts { get; init; }
    /// <summary>The tmpfs that were captured natively, mounted anew from their images.</summary>
    public required IReadOnlyList<TmpfsMount> Tmpfs { get; init; }
    /// <summary>The file with the network namespace's state; null where criu has it.</summary>
    public required string? Network { get; init; }
    /// <summary>Whether criu has to be started inside of the rebuilt network namespace.</summary>
    public required bool CriuInNetwork { get; init; }
    /// <summary>What criu knows of the kernel; null where it has to probe it.</summary>
    public required byte[]? Kerndat { get; init; }
    /// <summary>Whether the images hold AppArmor policy.</summary>
    public required bool HasAppArmorPolicy { get; init; }
    /// <summary>Another profile of a security module, as criu wants it; null for what it was.</summary>
    public required string? LsmProfile { get; init; }
    public required IReadOnlyList<MonitorNic> Nics { get; init; }
    public required IReadOnlyList<ContainerCgroup> Cgroups { get; init; }
    public required IReadOnlyList<ContainerCgroup> MonitorCgroups { get; init; }
    public required IReadOnlyList<DeviceRules> Devices { get; init; }
    public required IReadOnlyList<DevicePrograms> DevicePrograms { get; init; }
    public required IReadOnlyList<string> EnabledFileSystems { get; init; }
    public required ManifestOptions Options { get; init; }
}

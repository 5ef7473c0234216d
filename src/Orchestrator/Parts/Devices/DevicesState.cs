namespace LxcNative.Orchestrator.Parts.Devices;

/// <summary>Which devices the container may use.</summary>
internal sealed record DevicesState : PartState
{
    /// <summary>The rules of each version 1 devices cgroup.</summary>
    public IReadOnlyList<DeviceRules> Rules { get => field ?? []; init; }

    /// <summary>The rules of version 2 cgroups.</summary>
    public IReadOnlyList<DevicePrograms> Programs { get => field ?? []; init; }
}

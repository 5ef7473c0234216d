using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Parts.Units;

/// <summary>The settings of a unit of systemd for which it holds BPF programs (systemd.resource-control(5)).</summary>
/// <param name="Name">The unit's name.</param>
/// <param name="ControlGroup">Its cgroup, below the container's.</param>
/// <param name="Slice">The slice that it is in.</param>
internal sealed record UnitSettings(string Name, string ControlGroup, string Slice)
{
    /// <summary>The device policy of a unit that has none.</summary>
    public const string NoDevicePolicy = "auto";

    /// <summary>Addresses that it may reach all the same.</summary>
    public IReadOnlyList<UnitAddress> Allowed { get => field ?? []; init; }

    /// <summary>Addresses that it may not reach.</summary>
    public IReadOnlyList<UnitAddress> Denied { get => field ?? []; init; }

    /// <summary>Whether its packets are counted.</summary>
    public bool CountsPackets { get; init; }

    /// <summary>Which devices it may use besides <see cref="Devices"/>.</summary>
    public string DevicePolicy { get; init; } = NoDevicePolicy;

    /// <summary>The devices that it may use.</summary>
    public IReadOnlyList<UnitDevice> Devices { get => field ?? []; init; }

    /// <summary>Whether nothing is set for which a program is needed.</summary>
    [JsonIgnore]
    public bool IsPlain => Allowed.Count == 0 && Denied.Count == 0 && !CountsPackets && DevicePolicy == NoDevicePolicy && Devices.Count == 0;

    /// <summary>The unit with nothing set.</summary>
    public UnitSettings ToPlain() => new(Name, ControlGroup, Slice);
}

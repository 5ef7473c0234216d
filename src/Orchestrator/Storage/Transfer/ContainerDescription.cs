using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>What config.dump says.</summary>
/// <param name="Id">64 hexadecimal digits: another for each checkpoint.</param>
/// <param name="Name">The container's name.</param>
/// <param name="RootfsImageName">Where its root was.</param>
/// <param name="Runtime">What it ran with.</param>
/// <param name="CreatedTime">When the checkpoint was made: when the container was is not known.</param>
/// <param name="CheckpointedTime">The same.</param>
internal sealed record ContainerDescription(
    string Id, string Name, string RootfsImageName, string Runtime, DateTimeOffset CreatedTime, DateTimeOffset CheckpointedTime);

/// <summary>What spec.dump says.</summary>
/// <param name="OciVersion">The version of the specification.</param>
/// <param name="Process">Its first process.</param>
/// <param name="Root">Its root.</param>
/// <param name="Mounts">Its mounts, but the root's.</param>
/// <param name="Annotations">Who made it, and of what.</param>
internal sealed record SpecificationDescription(
    string OciVersion, ProcessDescription Process, RootDescription Root, IReadOnlyList<MountDescription> Mounts,
    IReadOnlyDictionary<string, string> Annotations);

/// <summary>A process.</summary>
/// <param name="Args">Its name alone: the rest is in its memory.</param>
/// <param name="Cwd">Its directory.</param>
internal sealed record ProcessDescription(IReadOnlyList<string> Args, string Cwd);

/// <summary>A root.</summary>
/// <param name="Path">Where it was on the host, or what was mounted there.</param>
/// <param name="ReadOnly">Whether it could be written.</param>
internal sealed record RootDescription(string Path, [property: JsonPropertyName("readonly")] bool ReadOnly);

/// <summary>A mount.</summary>
/// <param name="Destination">Where, inside.</param>
/// <param name="Type">The file system's type; "bind" for a file or directory of the host.</param>
/// <param name="Source">What.</param>
/// <param name="Options">How.</param>
internal sealed record MountDescription(string Destination, string Type, string Source, IReadOnlyList<string> Options);

/// <summary>What network.status says of a network.</summary>
/// <param name="Interfaces">The container's devices in it.</param>
internal sealed record NetworkDescription(IReadOnlyDictionary<string, InterfaceDescription> Interfaces);

/// <summary>A network device.</summary>
/// <param name="Subnets">Its addresses.</param>
/// <param name="MacAddress">Its MAC.</param>
internal sealed record InterfaceDescription(
    IReadOnlyList<SubnetDescription> Subnets, [property: JsonPropertyName("mac_address")] string MacAddress);

/// <summary>An address.</summary>
/// <param name="IpNet">The address with the length of its prefix.</param>
internal sealed record SubnetDescription([property: JsonPropertyName("ipnet")] string IpNet);

using System.Text.Json.Serialization;
using LxcNative.Native.Criu;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>The options of the checkpoint that its restore must repeat.</summary>
/// <param name="TcpEstablished">Established connections are in the images.</param>
/// <param name="TcpClose">Connections are restored as closed.</param>
/// <param name="FileLocks">File locks are in the images.</param>
/// <param name="ShellJob">Sessions led from outside were allowed.</param>
/// <param name="EvasiveDevices">Device nodes may be opened by another path.</param>
/// <param name="ManageCgroups">How much of the cgroups is in the images.</param>
/// <param name="Lock">What held the network.</param>
/// <param name="External">Further external resources that the user named.</param>
public sealed record ManifestOptions(
    bool TcpEstablished, bool TcpClose, bool FileLocks, bool ShellJob, bool EvasiveDevices,
    [property: JsonConverter(typeof(JsonStringEnumConverter<CriuManageCgroups>))] CriuManageCgroups ManageCgroups, string Lock, IReadOnlyList<string> External);

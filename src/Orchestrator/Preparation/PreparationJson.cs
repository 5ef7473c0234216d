using System.Text.Json;
using System.Text.Json.Serialization;
using LxcNative.Orchestrator.Preparation.Hosts;
using LxcNative.Orchestrator.Preparation.Rootfs;
using LxcNative.Orchestrator.Preparation.Templates;

namespace LxcNative.Orchestrator.Preparation;

/// <summary>The records of what was made, and the description of a host.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(BridgeRecord))]
[JsonSerializable(typeof(CgroupRecord))]
[JsonSerializable(typeof(VethRecord))]
[JsonSerializable(typeof(ContainerRecord))]
[JsonSerializable(typeof(CreationRecord))]
[JsonSerializable(typeof(HostDescription))]
internal sealed partial class PreparationJson : JsonSerializerContext;

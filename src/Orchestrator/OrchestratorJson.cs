using System.Text.Json;
using System.Text.Json.Serialization;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Parts.Confinement;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator;

/// <summary>The JSON that this library writes and reads: source-generated, so that it works under NativeAOT.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true, MaxDepth = Containers.ContainerProcess.JsonDepth,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(CheckpointManifest))]
[JsonSerializable(typeof(FormerManifest))]
[JsonSerializable(typeof(ManifestVersion))]
[JsonSerializable(typeof(RestoredContainer))]
[JsonSerializable(typeof(MonitorRequest))]
[JsonSerializable(typeof(MonitorReply))]
[JsonSerializable(typeof(TimelineDocument))]
[JsonSerializable(typeof(AppArmorImage))]
[JsonSerializable(typeof(Execution.ExecutionRequest))]
[JsonSerializable(typeof(Execution.ExecutionReply))]
internal sealed partial class OrchestratorJson : JsonSerializerContext;

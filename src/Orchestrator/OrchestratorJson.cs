using System.Text.Json;
using System.Text.Json.Serialization;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Confinement;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator;

/// <summary>The JSON that this library writes and reads: source-generated, so that it works under NativeAOT.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CheckpointManifest))]
[JsonSerializable(typeof(RestoredContainer))]
[JsonSerializable(typeof(MonitorRequest))]
[JsonSerializable(typeof(MonitorReply))]
[JsonSerializable(typeof(Timeline))]
[JsonSerializable(typeof(AppArmorImage))]
internal sealed partial class OrchestratorJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preparation;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Cli.Output;

/// <summary>The objects that <c>--json</c> writes: a contract that programs depend on.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CheckpointResult))]
[JsonSerializable(typeof(RestoreResult))]
[JsonSerializable(typeof(Container))]
[JsonSerializable(typeof(LockReport))]
[JsonSerializable(typeof(VersionReport))]
[JsonSerializable(typeof(ErrorReport))]
[JsonSerializable(typeof(LifecycleReport))]
[JsonSerializable(typeof(IReadOnlyList<PreparationReport>))]
internal sealed partial class CliJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;
using LxcNative.Cli.Output.Reports;
using LxcNative.Orchestrator.Comparisons;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preparation;
using LxcNative.Orchestrator.Registries;
using LxcNative.Orchestrator.Storage.Transfer;

namespace LxcNative.Cli.Output;

/// <summary>The objects that <c>--json</c> writes: a contract that programs depend on.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true,
    MaxDepth = Orchestrator.Containers.ContainerProcess.JsonDepth)]
[JsonSerializable(typeof(CheckpointReport))]
[JsonSerializable(typeof(RestoreReport))]
[JsonSerializable(typeof(Container))]
[JsonSerializable(typeof(LockReport))]
[JsonSerializable(typeof(IReadOnlyList<RecoveryReport>))]
[JsonSerializable(typeof(RecoveryReport))]
[JsonSerializable(typeof(IReadOnlyList<RestoredReport>))]
[JsonSerializable(typeof(RestoredReport))]
[JsonSerializable(typeof(IReadOnlyList<StoredReport>))]
[JsonSerializable(typeof(StoredReport))]
[JsonSerializable(typeof(DeletionReport))]
[JsonSerializable(typeof(ExportedCheckpoint))]
[JsonSerializable(typeof(ImportedCheckpoint))]
[JsonSerializable(typeof(PushedCheckpoint))]
[JsonSerializable(typeof(PulledCheckpoint))]
[JsonSerializable(typeof(IReadOnlyList<LogReport>))]
[JsonSerializable(typeof(LogReport))]
[JsonSerializable(typeof(VersionReport))]
[JsonSerializable(typeof(ComparisonReport))]
[JsonSerializable(typeof(ErrorReport))]
[JsonSerializable(typeof(LifecycleReport))]
[JsonSerializable(typeof(IReadOnlyList<PreparationReport>))]
internal sealed partial class CliJson : JsonSerializerContext;

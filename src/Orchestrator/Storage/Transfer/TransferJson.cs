using System.Text.Json;
using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>The JSON of an archive that other programs read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(ContainerDescription))]
[JsonSerializable(typeof(SpecificationDescription))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, NetworkDescription>))]
internal sealed partial class TransferJson : JsonSerializerContext;

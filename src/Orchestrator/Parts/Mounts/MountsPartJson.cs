using System.Text.Json;
using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>The JSON of the part's state.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(MountsState))]
internal sealed partial class MountsPartJson : JsonSerializerContext;

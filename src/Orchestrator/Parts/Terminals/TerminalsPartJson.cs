using System.Text.Json;
using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Parts.Terminals;

/// <summary>The JSON of the part's state.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(TerminalsState))]
internal sealed partial class TerminalsPartJson : JsonSerializerContext;

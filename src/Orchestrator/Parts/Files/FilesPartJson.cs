using System.Text.Json;
using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Parts.Files;

/// <summary>The JSON of the part's state.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(FilesState))]
internal sealed partial class FilesPartJson : JsonSerializerContext;

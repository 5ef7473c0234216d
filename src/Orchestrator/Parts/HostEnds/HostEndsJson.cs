using System.Text.Json;
using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>The JSON of the part's state.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(HostEndsState))]
internal sealed partial class HostEndsJson : JsonSerializerContext;

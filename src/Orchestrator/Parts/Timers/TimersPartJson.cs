using System.Text.Json;
using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Parts.Timers;

/// <summary>The JSON of the part's state.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(TimersState))]
internal sealed partial class TimersPartJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Registries;

/// <summary>The JSON of registries, and of the file with the credentials for them.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageManifest))]
[JsonSerializable(typeof(ImageConfiguration))]
[JsonSerializable(typeof(RegistryError))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(AuthFileContent))]
internal sealed partial class RegistryJson : JsonSerializerContext;

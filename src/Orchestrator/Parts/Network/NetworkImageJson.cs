using System.Text.Json;
using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>The JSON of a captured namespace: source-generated, messages as base64.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, MaxDepth = 8)]
[JsonSerializable(typeof(NetworkImage))]
internal sealed partial class NetworkImageJson : JsonSerializerContext;

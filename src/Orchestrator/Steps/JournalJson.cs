using System.Text.Json;
using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Steps;

/// <summary>The JSON of journals: one object a line.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JournalHeader))]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class JournalJson : JsonSerializerContext;

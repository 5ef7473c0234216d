using System.Text.Json;
using System.Text.Json.Serialization;
using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Cli.Output;

/// <summary>The objects that <c>check --json</c> writes: a contract that programs depend on.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(RuleDescription))]
internal sealed partial class CheckJson : JsonSerializerContext;

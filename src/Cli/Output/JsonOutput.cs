using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LxcNative.Cli.Output;

/// <summary>Objects for programs, on standard output.</summary>
internal static class JsonOutput
{
    /// <summary>Writes one object and a newline.</summary>
    public static void Write<T>(T value, JsonTypeInfo<T> type) => Console.Out.WriteLine(JsonSerializer.Serialize(value, type));
}

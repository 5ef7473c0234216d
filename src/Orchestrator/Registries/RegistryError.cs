using System.Text.Json;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Registries;

/// <summary>What a registry says of an error, in its own words.</summary>
/// <param name="Errors">Each.</param>
internal sealed record RegistryError(IReadOnlyList<RegistryErrorItem?>? Errors)
{
    private const int Most = 64 << 10, Longest = 300;

    /// <summary>What the body of an answer says; null where it says nothing that is understood.</summary>
    public static string? Read(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            var body = BoundedContent.Read(answer, Most, "an error", cancellation);
            var first = JsonSerializer.Deserialize(body, RegistryJson.Default.RegistryError)?.Errors is [var one, ..] ? one : null;
            var text = first is null ? null : $"{first.Code}{(string.IsNullOrEmpty(first.Message) ? "" : $": {first.Message}")}";
            return text?.Length > Longest ? text[..Longest] : text;
        }
        catch (Exception e) when (e is JsonException or IOException or RefusedException)
        {
            return null;
        }
    }
}

/// <summary>One error.</summary>
/// <param name="Code">Its kind, in capitals.</param>
/// <param name="Message">What happened.</param>
internal sealed record RegistryErrorItem(string? Code, string? Message);

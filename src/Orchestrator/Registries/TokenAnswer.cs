using System.Text.Json.Serialization;

namespace LxcNative.Orchestrator.Registries;

/// <summary>What a token server answers.</summary>
/// <param name="Token">The token.</param>
/// <param name="AccessToken">The same, as OAuth 2.0 calls it.</param>
internal sealed record TokenAnswer(string? Token, [property: JsonPropertyName("access_token")] string? AccessToken);

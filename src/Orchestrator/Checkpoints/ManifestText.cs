using System.Text.Json;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Whether a manifest's JSON is such as this library writes, before anything is made of it: nothing empty in a list, no text that ends early for the
/// kernel. That no name is there twice is in the options it is read with (<see cref="OrchestratorJson"/>).</summary>
internal static class ManifestText
{
    /// <summary>The longest manifest that is read, in bytes: a container of 10,000 processes has 5 MB.</summary>
    public const long Longest = 64 << 20;

    private const int LongestText = 1 << 20;

    /// <summary>Requires it.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="JsonException">It is not.</exception>
    public static void Require(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Containers.ContainerProcess.JsonDepth });
        // Whether what is open is a list.
        var open = new Stack<bool>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    open.Push(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    open.Pop();
                    break;
                case JsonTokenType.Null when open.TryPeek(out var isList) && isList:
                    throw new JsonException($"there is nothing in a list at byte {reader.TokenStartIndex}");
                case JsonTokenType.String or JsonTokenType.PropertyName:
                    RequireText(ref reader);
                    break;
            }
        }
    }

    private static void RequireText(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > LongestText)
            throw new JsonException($"the text at byte {reader.TokenStartIndex} has {reader.ValueSpan.Length} bytes");
        try
        {
            if (reader.ValueIsEscaped && reader.GetString()!.Contains('\0', StringComparison.Ordinal))
                throw new JsonException($"there is a NUL in the text at byte {reader.TokenStartIndex}");
        }
        catch (InvalidOperationException e)
        {
            // No UTF-8, or half a pair of surrogates.
            throw new JsonException($"the text at byte {reader.TokenStartIndex} is none: {e.Message}", e);
        }
    }
}

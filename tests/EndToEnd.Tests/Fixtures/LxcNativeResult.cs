using System.Text.Json;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>What `lxcnative` did.</summary>
public sealed record LxcNativeResult(string CommandLine, int ExitCode, string Output, string Error) : CommandResult(CommandLine, ExitCode, Output, Error)
{
    /// <inheritdoc cref="CommandResult.OrThrow" />
    public new LxcNativeResult OrThrow()
    {
        base.OrThrow();
        return this;
    }

    /// <summary>Standard output as JSON, for commands that were given --json.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public JsonElement Json()
    {
        try
        {
            using var document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"no JSON on standard output: {exception.Message}\n{this}", exception);
        }
    }
}

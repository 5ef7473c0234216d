using System.CommandLine.Parsing;

namespace LxcNative.Cli.Commands;

/// <summary>criu takes its log's name relative to the images directory, without a slash.</summary>
internal static class FileNameRule
{
    /// <summary>Adds an error when <paramref name="name"/> is not a plain file name.</summary>
    public static void Check(string? name, CommandResult result)
    {
        // Null where the option was not given: the default is a plain name.
        if (name is not null && (name.Length == 0 || name is "." or ".." || name.Contains('/', StringComparison.Ordinal)))
            result.AddError($"--log-file \"{name}\": a plain file name; the file is made in the images directory.");
    }
}

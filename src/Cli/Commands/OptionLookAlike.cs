using System.CommandLine.Parsing;

namespace LxcNative.Cli.Commands;

/// <summary>A mistyped option must not be taken for a container's name.</summary>
internal static class OptionLookAlike
{
    /// <summary>Adds an error when <paramref name="name"/> starts like an option.</summary>
    public static void Check(string? name, CommandResult result)
    {
        if (name?.StartsWith('-') == true)
            result.AddError($"There is no option {name}.");
    }
}

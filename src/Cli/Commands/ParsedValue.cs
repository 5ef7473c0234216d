using System.CommandLine;
using System.CommandLine.Parsing;

namespace LxcNative.Cli.Commands;

/// <summary>The value of an option where another rule asks for it: one that cannot be read has an error of its own already.</summary>
internal static class ParsedValue
{
    /// <summary>The value; the type's default where it cannot be read.</summary>
    public static T? ValueOf<T>(this SymbolResult result, Option<T> option)
    {
        try
        {
            return result.GetValue(option);
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }
}

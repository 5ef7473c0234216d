using System.CommandLine;
using System.CommandLine.Help;

namespace LxcNative.Cli.Commands;

/// <summary>The commands as a tree, for what is written from it.</summary>
internal static class CommandTree
{
    /// <summary>Those that do something, in their order.</summary>
    public static IEnumerable<Command> Leaves(Command command) =>
        command.Subcommands.Count == 0 ? [command] : command.Subcommands.Where(one => !one.Hidden).SelectMany(Leaves);

    /// <summary>All of them, the root first.</summary>
    public static IEnumerable<Command> All(Command command) => command.Subcommands.Where(one => !one.Hidden).SelectMany(All).Prepend(command);

    /// <summary>Its words after the program's name.</summary>
    public static IReadOnlyList<string> PathOf(Command command)
    {
        var words = new List<string>();
        for (var at = command; at is not null and not RootCommand; at = at.Parents.OfType<Command>().FirstOrDefault())
            words.Insert(0, at.Name);
        return words;
    }

    /// <summary>Its options that are shown, help last.</summary>
    public static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Where(option => !option.Hidden && option is not HelpOption && option.Name.StartsWith('-'));

    /// <summary>Its flags, the long one first.</summary>
    public static IReadOnlyList<string> FlagsOf(Option option) => [option.Name, .. option.Aliases.Where(alias => alias.StartsWith('-') && alias != option.Name)
        .Order(StringComparer.Ordinal)];

    /// <summary>Whether it needs no value.</summary>
    public static bool IsFlag(Option option) => option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0;

    /// <summary>The words that it takes, where it takes no others.</summary>
    public static IReadOnlyList<string> WordsOf(Option option) => option.HelpName?.Split('|') is { Length: > 1 } words ? words : [];
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Cli.Commands;

/// <summary>What is wrong with a command line, in one plain sentence: the parser's own words speak of its types.</summary>
internal static partial class UsageProblem
{
    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    public static string? Of(ParseResult parsed)
    {
        var sentence = Mistyped(parsed) ?? (parsed.Errors.Count == 0 ? null : Plain(parsed, parsed.Errors[0]));
        return sentence is null ? null : $"{sentence.TrimEnd('.')} (see `{Help(parsed.CommandResult.Command)}`)";
    }

    // Help and version are asked for on their own, whatever else is there.
    private static string? Mistyped(ParseResult parsed)
    {
        if (parsed.Action is { Terminating: true, ClearsParseErrors: true })
            return null;
        var command = parsed.CommandResult.Command;
        // After -- everything is the program's that is run.
        var own = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value).ToHashSet(StringComparer.Ordinal);
        var arguments = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);
        if (arguments.Concat(parsed.UnmatchedTokens).FirstOrDefault(token => token.Length > 1 && token[0] == '-' && own.Contains(token)) is { } flag)
            return $"there is no option {flag.Split('=')[0]}{NearestName.Ask(flag.Split('=')[0], Options(command))}";
        if (parsed.UnmatchedTokens.Count == 0)
            return null;
        var word = parsed.UnmatchedTokens[0];
        return command.Subcommands.Count > 0
            ? $"there is no command {word}{NearestName.Ask(word, command.Subcommands.Select(one => one.Name))}"
            : $"\"{word}\" is one word too many";
    }

    private static string Plain(ParseResult parsed, ParseError error)
    {
        var option = error.SymbolResult as OptionResult;
        var name = option?.Option.Name ?? (error.SymbolResult as ArgumentResult)?.Argument.Name;
        if (CannotParse().Match(error.Message) is { Success: true } unreadable)
            return $"{name ?? unreadable.Groups["name"].Value} \"{unreadable.Groups["value"].Value}\": "
                + $"{Wanted(option?.Option.ValueType, option?.Option.HelpName)} is needed";
        if (error.Message.StartsWith("Required command", StringComparison.Ordinal))
            return $"name a command: {string.Join(", ", parsed.CommandResult.Command.Subcommands.Select(one => one.Name))}";
        if (error.Message.StartsWith("Required argument missing for option", StringComparison.Ordinal))
            return $"{name} needs a value{(option?.Option.HelpName is { } help ? $": {help}" : "")}";
        if (error.Message.StartsWith("Required argument", StringComparison.Ordinal))
            return $"{(error.SymbolResult as ArgumentResult)?.Argument.Name ?? parsed.CommandResult.Command.Arguments.FirstOrDefault()?.Name ?? "a word"} is "
                + "missing";
        if (RequiredOption().Match(error.Message) is { Success: true } missing)
            return $"{missing.Groups["name"].Value} is missing";
        if (error.Message.Contains("expects a single argument", StringComparison.Ordinal))
            return $"{name} is given more than once";
        return error.Message;
    }

    private static string Wanted(Type? type, string? help)
    {
        var plain = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (plain is { IsEnum: true })
            return help?.Contains('|', StringComparison.Ordinal) == true
                ? $"one of {help.Replace("|", ", ", StringComparison.Ordinal)}"
                : $"one of {string.Join(", ", Enum.GetNames(plain)).ToLowerInvariant()}";
        return plain == typeof(bool) ? "true or false" : plain == typeof(double) ? "a number" : "a whole number";
    }

    private static IEnumerable<string> Options(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)))
            .SelectMany(option => option.Aliases.Append(option.Name)).Where(name => name.StartsWith("--", StringComparison.Ordinal));

    private static string Help(Command command)
    {
        var words = new List<string> { "--help" };
        for (var at = command; at is not null and not RootCommand; at = at.Parents.OfType<Command>().FirstOrDefault())
            words.Insert(0, at.Name);
        return $"lxcnative {string.Join(' ', words)}";
    }

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for (option|argument|command) '(?<name>[^']*)'", RegexOptions.Singleline)]
    private static partial Regex CannotParse();

    [GeneratedRegex("^Option '(?<name>[^']*)' is required")]
    private static partial Regex RequiredOption();
}

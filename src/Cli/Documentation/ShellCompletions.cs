using System.CommandLine;
using System.Text;
using LxcNative.Cli.Commands;

namespace LxcNative.Cli.Documentation;

/// <summary>Completions for shells, written from the tree of commands: commands, options, the words that an option takes, files and directories.</summary>
internal static class ShellCompletions
{
    /// <summary>For bash, as a file of bash-completion's.</summary>
    public static string Bash(RootCommand root)
    {
        var text = new StringBuilder();
        text.Append("""
            # bash completion for lxcnative, written by `lxcnative completions bash`.
            _lxcnative()
            {
                local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} path= i
                for ((i = 1; i < COMP_CWORD; i++)); do
                    [[ ${COMP_WORDS[i]} == -- ]] && return
                    case "$path ${COMP_WORDS[i]}" in

            """);
        foreach (var command in CommandTree.All(root).Where(command => command is not RootCommand))
            text.Append($"            \" {Path(command)}\") path=\" {Path(command)}\" ;;\n");
        text.Append("""
                    esac
                done
                case "$path $previous" in

            """);
        foreach (var command in CommandTree.All(root))
            foreach (var option in CommandTree.OptionsOf(command).Where(option => !CommandTree.IsFlag(option)))
            {
                var words = CommandTree.FlagsOf(option).Select(flag => $"\"{Place(command)} {flag}\"");
                text.Append($"        {string.Join('|', words)}) {BashValue(option)} return ;;\n");
            }
        text.Append("""
                esac
                case "$path" in

            """);
        foreach (var command in CommandTree.All(root))
            text.Append($"        \"{Place(command)}\") COMPREPLY=($(compgen -W "
                + $"\"{string.Join(' ', Words(command))}\" -- \"$word\")) ;;\n");
        text.Append("""
                esac
            }
            complete -F _lxcnative lxcnative

            """);
        return text.ToString();
    }

    /// <summary>For zsh, as a file <c>_lxcnative</c> of its fpath.</summary>
    public static string Zsh(RootCommand root)
    {
        var text = new StringBuilder();
        text.Append("""
            #compdef lxcnative
            # zsh completion for lxcnative, written by `lxcnative completions zsh`.


            """);
        foreach (var command in CommandTree.All(root))
        {
            text.Append($"{ZshFunction(command)}() {{\n");
            if (command.Subcommands.Count > 0)
            {
                text.Append("    local line state\n    _arguments -C \\\n");
                foreach (var option in CommandTree.OptionsOf(command))
                    text.Append($"        {ZshOption(option)} \\\n");
                text.Append("        '1: :->command' '*:: :->rest'\n    case $state in\n        command)\n            local -a commands=(\n");
                foreach (var below in command.Subcommands.Where(one => !one.Hidden))
                    text.Append($"                '{below.Name}:{ZshText(FirstSentence(below.Description))}'\n");
                text.Append("            )\n            _describe command commands ;;\n        rest)\n            case $line[1] in\n");
                foreach (var below in command.Subcommands.Where(one => !one.Hidden))
                    text.Append($"                {below.Name}) {ZshFunction(below)} ;;\n");
                text.Append("            esac ;;\n    esac\n}\n\n");
                continue;
            }

            text.Append("    _arguments -s");
            foreach (var option in CommandTree.OptionsOf(command))
                text.Append($" \\\n        {ZshOption(option)}");
            text.Append(" \\\n        '*::argument:_default'\n}\n\n");
        }

        return text.Append("_lxcnative \"$@\"\n").ToString();
    }

    /// <summary>For fish, as a file of its completions.</summary>
    public static string Fish(RootCommand root)
    {
        var text = new StringBuilder();
        text.Append("# fish completion for lxcnative, written by `lxcnative completions fish`.\ncomplete -c lxcnative -f\n");
        foreach (var command in CommandTree.All(root))
        {
            var condition = FishCondition(command);
            foreach (var below in command.Subcommands.Where(one => !one.Hidden))
                text.Append($"complete -c lxcnative -n '{condition}' -a {below.Name} -d '{FishText(FirstSentence(below.Description))}'\n");
            foreach (var option in CommandTree.OptionsOf(command))
            {
                text.Append($"complete -c lxcnative -n '{condition}'");
                foreach (var flag in CommandTree.FlagsOf(option))
                    text.Append(flag.StartsWith("--", StringComparison.Ordinal) ? $" -l {flag[2..]}" : $" -s {flag[1..]}");
                if (!CommandTree.IsFlag(option))
                    text.Append(CommandTree.WordsOf(option) is { Count: > 0 } words ? $" -x -a '{string.Join(' ', words)}'" : IsPath(option) ? " -r -F"
                        : " -x");
                text.Append($" -d '{FishText(FirstSentence(option.Description))}'\n");
            }
        }

        return text.ToString();
    }

    // As the script has it: with a space before each word.
    private static string Place(Command command) => string.Concat(CommandTree.PathOf(command).Select(word => " " + word));

    private static string Path(Command command) => string.Join(' ', CommandTree.PathOf(command));

    private static IEnumerable<string> Words(Command command) =>
        command.Subcommands.Where(one => !one.Hidden).Select(one => one.Name).Concat(CommandTree.OptionsOf(command).Select(option => option.Name))
            .Append("--help");

    private static string BashValue(Option option) =>
        CommandTree.WordsOf(option) is { Count: > 0 } words ? $"COMPREPLY=($(compgen -W \"{string.Join(' ', words)}\" -- \"$word\"));"
        : option.HelpName == "DIR" ? "compopt -o filenames; COMPREPLY=($(compgen -d -- \"$word\"));"
        : IsPath(option) ? "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$word\"));"
        : "";

    private static bool IsPath(Option option) => option.HelpName is "DIR" or "FILE" or "PATH" or "PROGRAM";

    private static string ZshFunction(Command command) => string.Join('_', CommandTree.PathOf(command).Prepend("_lxcnative")).Replace('-', '_');

    private static string ZshOption(Option option)
    {
        var flags = CommandTree.FlagsOf(option);
        var value = CommandTree.IsFlag(option) ? ""
            : $":{ZshText(option.HelpName ?? "value").Replace("|", " ", StringComparison.Ordinal)}:"
                + (CommandTree.WordsOf(option) is { Count: > 0 } words ? $"({string.Join(' ', words)})"
                : option.HelpName == "DIR" ? "_files -/" : IsPath(option) ? "_files" : " ");
        var text = $"[{ZshText(FirstSentence(option.Description))}]";
        return flags.Count == 1 ? $"'*{flags[0]}{text}{value}'" : $"'*'{{{string.Join(',', flags)}}}'{text}{value}'";
    }

    private static string ZshText(string text) => text.Replace("'", "’", StringComparison.Ordinal).Replace("[", "(", StringComparison.Ordinal)
        .Replace("]", ")", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);

    private static string FishText(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);

    private static string FishCondition(Command command)
    {
        var path = CommandTree.PathOf(command);
        var seen = path.Select(word => $"__fish_seen_subcommand_from {word}");
        var below = command.Subcommands.Where(one => !one.Hidden).Select(one => one.Name).ToList();
        var unseen = below.Count > 0 ? [$"not __fish_seen_subcommand_from {string.Join(' ', below)}"] : Array.Empty<string>();
        return string.Join("; and ", seen.Concat(unseen));
    }

    private static string FirstSentence(string? text)
    {
        var end = text?.IndexOfAny([';', '\n']) ?? -1;
        var dot = text?.IndexOf(". ", StringComparison.Ordinal) ?? -1;
        var least = end < 0 ? dot : dot < 0 ? end : Math.Min(end, dot);
        return (least < 0 ? text ?? "" : text![..least]).TrimEnd('.');
    }
}

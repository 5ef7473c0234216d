using System.CommandLine;
using System.Text;
using LxcNative.Cli.Commands;

namespace LxcNative.Cli.Documentation;

/// <summary>Manual pages (man-pages(7)), written from the tree of commands: one of the program, and one of each command.</summary>
internal static class ManPage
{
    private const string Program = "lxcnative";

    private static readonly (string Code, string Meaning)[] s_exitCodes =
    [
        ("0", "Done."),
        ("1", "Failed; the container runs on, or nothing is left of a failed restore."),
        ("2", "The command line was wrong, or an option has a value that cannot be; nothing was looked at."),
        ("3", "Refused before anything was frozen or made; also where root is needed."),
        ("4", "Failed, and somebody has to look after it: the message says what."),
    ];

    /// <summary>The file's name of a command's page.</summary>
    public static string NameOf(Command command) => $"{string.Join('-', CommandTree.PathOf(command).Prepend(Program))}.1";

    /// <summary>The page of a command, or of the program.</summary>
    public static string Of(Command command)
    {
        var path = CommandTree.PathOf(command);
        var name = string.Join('-', path.Prepend(Program));
        var text = new StringBuilder();
        text.Append($".TH {Escape(name.ToUpperInvariant())} 1 \"\" lxcnative \"LxcNative\"\n.SH NAME\n{Escape(name)} \\- "
            + $"{Escape(Lower(command.Description ?? ""))}\n");
        text.Append($".SH SYNOPSIS\n.B {Escape(string.Join(' ', path.Prepend(Program)))}\n{Escape(Synopsis(command))}\n");
        text.Append($".SH DESCRIPTION\n{Escape(command.Description ?? "")}\n");
        if (command.Subcommands.Count > 0)
        {
            text.Append(".SH COMMANDS\n");
            foreach (var below in command.Subcommands.Where(one => !one.Hidden))
                text.Append($".TP\n.BR {Escape(NameOf(below)[..^2])} (1)\n{Escape(below.Description ?? "")}\n");
        }

        if (command.Arguments.Count > 0)
        {
            text.Append(".SH ARGUMENTS\n");
            foreach (var argument in command.Arguments)
                text.Append($".TP\n.I {Escape(argument.Name)}\n{Escape(argument.Description ?? "")}\n");
        }

        var options = CommandTree.OptionsOf(command).ToList();
        if (options.Count > 0)
        {
            text.Append(".SH OPTIONS\n");
            foreach (var option in options)
                text.Append($".TP\n{Flags(option)}\n{Escape(option.Description ?? "")}\n");
        }

        text.Append(".SH EXIT STATUS\n");
        foreach (var (code, meaning) in s_exitCodes.Concat(command.Name == "diff" ? [("5", "What was compared is not the same.")] : []))
            text.Append($".TP\n.B {code}\n{Escape(meaning)}\n");
        text.Append(".SH FILES\n.TP\n.I /var/lib/lxcnative\nThe checkpoints that are kept, where no other store is named.\n.TP\n.I "
            + "/etc/lxcnative/config.json\nDefaults of options; root's alone.\n");
        text.Append(".SH SEE ALSO\n");
        text.Append(command is RootCommand ? ".BR criu (8),\n.BR lxc-checkpoint (1)\n"
            : $".BR {Escape(NameOf(command.Parents.OfType<Command>().First())[..^2])} (1)\n");
        return text.ToString();
    }

    private static string Synopsis(Command command)
    {
        if (command.Subcommands.Count > 0)
            return "COMMAND [OPTION]...";
        var words = CommandTree.OptionsOf(command).Any() ? new List<string> { "[OPTION]..." } : [];
        foreach (var argument in command.Arguments)
            words.Add((argument.Arity.MinimumNumberOfValues, argument.Arity.MaximumNumberOfValues) switch
            {
                (0, 1) => $"[{argument.Name}]",
                (0, _) => $"[{argument.Name}]...",
                (_, 1) => argument.Name,
                _ => $"{argument.Name}...",
            });
        return string.Join(' ', words);
    }

    private static string Flags(Option option)
    {
        var flags = string.Join(", ", CommandTree.FlagsOf(option).Select(flag => $"\\fB{Escape(flag)}\\fR"));
        return CommandTree.IsFlag(option) ? flags : $"{flags} \\fI{Escape(option.HelpName ?? "VALUE")}\\fR";
    }

    private static string Lower(string text) => text.Length == 0 ? "" : $"{char.ToLowerInvariant(text[0])}{text[1..]}".Split(". ")[0].TrimEnd('.');

    // A line that begins with a dot or an apostrophe would be a request.
    private static string Escape(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("\n", " ", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }
}

using System.CommandLine;
using LxcNative.Cli.Documentation;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative completions bash|zsh|fish</c>.</summary>
internal static class CompletionsCommand
{
    /// <summary>Builds the group.</summary>
    /// <param name="root">What is completed.</param>
    public static Command Build(RootCommand root) => new("completions", "Write the completions of a shell; eng/install puts them where the shell looks.")
    {
        Build("bash", "Write them for bash.", () => ShellCompletions.Bash(root)),
        Build("zsh", "Write them for zsh.", () => ShellCompletions.Zsh(root)),
        Build("fish", "Write them for fish.", () => ShellCompletions.Fish(root)),
    };

    private static Command Build(string shell, string description, Func<string> text)
    {
        var command = new Command(shell, description);
        command.SetAction(_ =>
        {
            Console.Out.Write(text());
            return ExitCode.Done;
        });
        return command;
    }
}

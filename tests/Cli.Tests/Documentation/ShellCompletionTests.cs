using System.Diagnostics;
using LxcNative.Cli.Commands;
using LxcNative.Cli.Documentation;

namespace LxcNative.Cli.Tests.Documentation;

/// <summary>Completions, tried in the shell itself where it is there.</summary>
public sealed class ShellCompletionTests
{
    [Theory]
    [InlineData("lxcnative che", "check checkpoint")]
    [InlineData("lxcnative host ", "bridge cgroup prepare unit veth --help")]
    [InlineData("lxcnative host bridge --up", "--uplink")]
    [InlineData("lxcnative checkpoint web --rehearse ", "ahead always auto never")]
    [InlineData("lxcnative checkpoint web --rehearse n", "never")]
    [InlineData("lxcnative restore -D /usr/sb", "/usr/sbin")]
    [InlineData("lxcnative exec web -- --", "")]
    public void BashCompletes(string line, string words)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, ShellCompletions.Bash(RootCommandLine.Build()));
            var typed = string.Join(' ', line.Split(' ').Select(word => $"'{word}'"));
            var script = $"compopt() {{ :; }}; . {file}; COMP_WORDS=({typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _lxcnative; printf '%s\\n' "
                + $"\"${{COMPREPLY[@]}}\"";
            var found = Run("bash", "-c", script).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void OtherShellsReadThem(string shell)
    {
        Assert.SkipUnless(((string[])["/usr/bin", "/bin"]).Any(place => File.Exists($"{place}/{shell}")), $"there is no {shell}");
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, shell == "zsh" ? ShellCompletions.Zsh(RootCommandLine.Build()) : ShellCompletions.Fish(RootCommandLine.Build()));
            Assert.Equal("", Run(shell, "-n", file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void EveryCommandAndOptionIsInEachOfThem()
    {
        var root = RootCommandLine.Build();
        var (bash, zsh, fish) = (ShellCompletions.Bash(root), ShellCompletions.Zsh(root), ShellCompletions.Fish(root));
        foreach (var command in CommandTree.Leaves(root))
        {
            Assert.All([bash, zsh, fish], text => Assert.Contains(command.Name, text, StringComparison.Ordinal));
            foreach (var option in CommandTree.OptionsOf(command))
            {
                Assert.Contains(option.Name, bash, StringComparison.Ordinal);
                Assert.Contains(option.Name, zsh, StringComparison.Ordinal);
                Assert.Contains($"-l {option.Name[2..]}", fish, StringComparison.Ordinal);
            }
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using var shell = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = shell.StandardError.ReadToEndAsync();
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return output + error.GetAwaiter().GetResult();
    }
}

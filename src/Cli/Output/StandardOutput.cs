using Spectre.Console;

namespace LxcNative.Cli.Output;

/// <summary>Tables, trees and colours, on standard output.</summary>
internal static class StandardOutput
{
    private static readonly Lazy<IAnsiConsole> Lazy = new(() => Over(new TerminalOutput()));

    /// <summary>The console to write to.</summary>
    public static IAnsiConsole Console => Lazy.Value;

    /// <summary>Such a console over another place.</summary>
    public static IAnsiConsole Over(IAnsiConsoleOutput output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = output,
            Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = output.IsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = output.Width;
        console.Pipeline.Attach(new PrintableHook());
        return console;
    }
}

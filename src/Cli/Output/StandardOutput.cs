using Spectre.Console;

namespace LxcNative.Cli.Output;

/// <summary>Standard output for people: wrapped to the terminal's width, whole lines where it is none.</summary>
internal static class StandardOutput
{
    // A serial console tells of no columns at all.
    private const int LeastColumns = 20, UsualColumns = 80;

    // So that `lxcnative check NAME | grep ...` sees what it looks for in one line.
    private const int Unlimited = 10_000;

    private static readonly Lazy<IAnsiConsole> Lazy = new(() =>
    {
        var console = AnsiConsole.Console;
        if (System.Console.IsOutputRedirected)
            console.Profile.Width = Unlimited;
        else if (console.Profile.Width < LeastColumns)
            console.Profile.Width = UsualColumns;
        return console;
    });

    /// <summary>The console to write to.</summary>
    public static IAnsiConsole Console => Lazy.Value;
}

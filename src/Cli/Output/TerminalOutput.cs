using System.Text;
using LxcNative.Native.Terminals;
using Spectre.Console;

namespace LxcNative.Cli.Output;

/// <summary>Standard output for tables and trees: wrapped to the terminal's width, whole lines where it is none.</summary>
internal sealed class TerminalOutput : IAnsiConsoleOutput
{
    // A serial console tells of no columns at all.
    private const int LeastColumns = 20, UsualColumns = 80, Rows = 24;

    // So that `lxcnative check NAME | grep ...` sees what it looks for in one line.
    private const int Unlimited = 10_000;

    /// <inheritdoc />
    public TextWriter Writer => StandardStreams.Raw;

    /// <inheritdoc />
    public bool IsTerminal => StandardStream.Output.IsTerminal;

    /// <inheritdoc />
    public int Width => Columns;

    /// <inheritdoc />
    public int Height => Rows;

    /// <summary>How long a line may be.</summary>
    public static int Columns =>
        !StandardStream.Output.IsTerminal ? Unlimited : StandardStream.Output.Columns < LeastColumns ? UsualColumns : StandardStream.Output.Columns;

    /// <inheritdoc />
    public void SetEncoding(Encoding encoding)
    {
    }
}

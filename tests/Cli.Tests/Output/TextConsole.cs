using System.Text;
using LxcNative.Cli.Output;
using Spectre.Console;

namespace LxcNative.Cli.Tests.Output;

/// <summary>A console as it is into a pipe, whose text can be read.</summary>
internal static class TextConsole
{
    public static (IAnsiConsole Console, StringWriter Written) Make()
    {
        var written = new StringWriter();
        return (StandardOutput.Over(new Pipe(written)), written);
    }

    private sealed class Pipe(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer { get; } = writer;

        public bool IsTerminal => false;

        public int Width => 10_000;

        public int Height => 24;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}

using CsCheck;
using LxcNative.Cli.Output;
using Spectre.Console;

namespace LxcNative.Cli.Tests.Output;

/// <summary>Names of processes and files are the container's: none of them reaches a terminal as a command.</summary>
public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("sshd", "sshd")]
    [InlineData("naïve café ☕", "naïve café ☕")]
    [InlineData("\u001b]0;root@host\u0007", "\\x1b]0;root@host\\x07")]
    [InlineData("\u009b2J", "\\x9b2J")]
    [InlineData("a\u007fb\r", "a\\x7fb\\x0d")]
    [InlineData("gpj.\u202eexe", "gpj.\\u202eexe")]
    [InlineData("two\nlines\tand a tab", "two\nlines\tand a tab")]
    public void IsWhatCanBeRead(string text, string printable) => Assert.Equal(printable, PrintableText.Of(text));

    [Fact]
    public void ANameHasNoLines() => Assert.Equal("sh\\x0alxcnative: done\\x09", PrintableText.OneLine("sh\nlxcnative: done\t"));

    [Fact]
    public void ALineOfANameIsNoMessage()
    {
        var before = Console.Error;
        using var written = new StringWriter();
        Console.SetError(written);
        try
        {
            ErrorOutput.Write("process 4 (sh\nlxcnative: done) cannot be dumped");
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.Equal(["lxcnative: process 4 (sh", "  lxcnative: done) cannot be dumped"], written.ToString().Split('\n')[..2]);
    }

    [Fact]
    public void NothingThatSteersATerminalIsLeft() => Gen.String[Gen.Char, 0, 40].Sample(text =>
    {
        using var written = new StringWriter();
        using var writer = new PrintableWriter(written);
        writer.Write(text);
        writer.WriteLine(text);
        writer.Write(text.AsSpan());
        writer.Write(text.ToCharArray());
        return written.ToString().All(letter => letter is '\n' or '\t' || !char.IsControl(letter))
            && PrintableText.OneLine(text).All(letter => !char.IsControl(letter));
    });

    [Fact]
    public void TablesAndTreesAreLookedAtToo()
    {
        var (console, written) = TextConsole.Make();
        var tree = new Tree("init");
        tree.AddNode(Markup.Escape("a\u001b[2Jb"));
        console.Write(tree);
        Assert.Contains("a\\x1b[2Jb", written.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', written.ToString());
    }
}
